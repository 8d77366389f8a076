"""What the demo offers from its first day on."""

from datetime import datetime, timedelta

from events.accounts.actions import sign_in
from events.accounts.tables import StaffMember
from events.accounts.trainer_access import accounts
from events.demo.load import DemoReport, load_demo
from events.groups.queries import groups
from events.invitations.standing import GROUPS, standing_of
from events.kit.clock import BERLIN, now
from events.mail.tables import Mailing, OutgoingMail
from events.piccolo_app import APP_CONFIG
from events.programme.partners import partner_behind, partner_links, partner_token
from events.programme.queries import EventView, Filters, event_by_slug, events_between, quotas_of, upcoming
from events.programme.trainers import events_led_by
from events.registration.queries import registrations_of, seats


async def events() -> dict[str, EventView]:
    """By German title; of the four monthly meetings the last one."""
    moment = now()
    dated = await events_between(moment, moment + timedelta(days=365))
    undated = [event for event in await upcoming(Filters(), moment) if not event.has_dates]
    return {event.title["de"]: event for event in (*dated, *undated)}


async def test_the_soonest_event_is_a_plain_evening(demo: DemoReport) -> None:
    first = (await upcoming(Filters(), now()))[0]
    policy = first.policy
    assert first.title["de"] == "Integration ins Bildungssystem"
    assert (first.capacity, len(first.dates), "free" in first.hints) == (20, 1, True)
    assert policy.needs_email and not policy.approval and policy.agreement == "not_needed"
    assert (await quotas_of([first.id]))[first.id] == ()
    assert (await seats([first.id], now()))[first.id].free > 0


async def test_twenty_eight_events_lie_ahead(demo: DemoReport) -> None:
    dated = await events_between(now(), now() + timedelta(days=365))
    assert len(dated) + 1 == 25 + 3
    assert all(event.status != "draft" for event in dated)


async def test_one_training_is_nearly_full_and_one_has_a_waiting_list(demo: DemoReport) -> None:
    found = await events()
    nearly, full = (
        found["Griffbereit: Schulung für Elternbegleiter:innen und Fachkräfte"],
        found["Rucksack KiTa: Grundschulung"],
    )
    taken = await seats([nearly.id, full.id], now())
    assert (taken[nearly.id].taken, taken[nearly.id].capacity) == (18, 20)
    assert (taken[full.id].taken, taken[full.id].capacity, taken[full.id].waiting) == (16, 16, 5)
    addresses = [one.email for one in await registrations_of(full.id)]
    assert [address for address in set(addresses) if addresses.count(address) == 2] == [
        "kita.tausendfuessler@example.org"
    ]


async def test_one_event_was_moved_to_another_room_and_one_called_off(demo: DemoReport) -> None:
    found = await events()
    moved = found["Austauschtreffen Griffbereit: Mehrsprachige Bilderbücher"]
    assert moved.dates[0].room == "Bewegungsraum im Erdgeschoss"
    off = found["Gesundheit und frühes Altern"]
    assert off.is_called_off
    assert "erkrankt" in off.called_off_reason["de"]


async def test_the_womens_afternoon_asks_for_no_name(demo: DemoReport) -> None:
    event = (await events())["Pflege zu Hause: Wer hilft uns?"]
    assert (event.policy.needs_email, event.policy.max_party) == (False, 6)
    assert {"women_only", "childcare"} <= set(event.hints)
    assert set(event.title) >= {"de", "tr", "ar"}
    parties = await registrations_of(event.id)
    assert 3 in [one.party for one in parties]
    assert any(not one.name for one in parties)
    assert not any(one.email for one in parties)


async def test_one_event_only_counts_heads(demo: DemoReport) -> None:
    event = (await events())["Pflegegrad und Pflegegeld einfach erklärt"]
    assert not event.policy.sign_up
    assert await registrations_of(event.id) == []


async def test_each_administration_has_two_places_until_they_are_released(demo: DemoReport) -> None:
    event = (await events())["Grundlagen interkultureller Kompetenz"]
    quotas = (await quotas_of([event.id]))[event.id]
    assert [quota.places for quota in quotas] == [2] * 11
    assert len({quota.organisation_id for quota in quotas}) == 11
    released = {quota.release_at.astimezone(BERLIN).date() for quota in quotas if quota.release_at}
    assert released == {demo.first_day + timedelta(weeks=3)}


async def test_workshops_are_by_invitation_and_not_listed(demo: DemoReport) -> None:
    found = await events()
    invited = [event for event in found.values() if event.programme_slug.startswith("zukunftswerkstaetten")]
    assert len(invited) == 3
    assert not any(event.is_listed for event in invited)


async def test_a_workshop_has_invitations_in_every_state(demo: DemoReport) -> None:
    event = (await events())["Demokratie-Zukunftswerkstatt Erziehung: rassismusfreie Elementarpädagogik"]
    standing = await standing_of(event.id)
    counted = {group: len(standing.of(group)) for group in GROUPS}
    assert counted == {
        "prepared": 2, "invited": 16, "accepted": 14, "declined": 5, "delegated": 2, "unreachable": 1, "wants_none": 1,
        "withdrawn": 1,
    }  # fmt: skip
    assert (standing.delegates_coming, standing.unconfirmed_delegates, standing.people_coming) == (1, 1, 16)
    assert not await Mailing.exists()


async def test_one_event_has_no_date_yet(demo: DemoReport) -> None:
    last = (await upcoming(Filters(), now()))[-1]
    assert last.title["de"].startswith("Arbeitsmarktlotsinnen")
    assert not last.has_dates


async def test_the_trainer_leads_the_series_of_the_soonest_event_and_no_other(demo: DemoReport) -> None:
    trainer = await StaffMember.objects().get(StaffMember.email == "trainer@example.org")
    assert trainer is not None
    led = await events_led_by(trainer.id, now())
    in_series = [event for event in (await events()).values() if event.series_slug == "fortbildungsreihe-ehrenamt"]
    assert led == {event.id for event in in_series}
    assert len(led) == 6


async def test_lecturers_lead_their_training_and_sign_in_by_a_link(demo: DemoReport) -> None:
    found = await events()
    people = await accounts({row["id"] for row in await StaffMember.select(StaffMember.id)})
    led = {one.name: await events_led_by(one.id, now()) for one in people.values() if one.signs_in_by_link}
    assert led["Sevda Aydın"] == {found["Griffbereit: Schulung für Elternbegleiter:innen und Fachkräfte"].id}
    assert led["Marta Nowak"] == {found["Rucksack KiTa: Grundschulung"].id}


async def test_the_host_of_the_event_without_names_has_a_link_for_its_numbers(demo: DemoReport) -> None:
    event = (await events())["Pflegegrad und Pflegegeld einfach erklärt"]
    (asked,) = [one for one in await partner_links(event.id) if one.contact_email]
    assert (asked.name, asked.language) == ("Moscheegemeinde Lippe", "tr")
    assert await partner_behind(partner_token(asked.id, asked.link_version)) == asked


async def test_five_groups_run_and_three_of_them_owe_a_report(demo: DemoReport) -> None:
    """The programmes ask for one every six months."""
    running = [one for one in await groups() if one.is_running(now().astimezone(BERLIN).date())]
    last = [one.last_report.reported_on if one.last_report else one.started_on for one in running]
    assert len(running) == 5
    assert sum(demo.first_day - day > timedelta(days=184) for day in last) == 3


async def test_all_four_sign_in_with_the_password_of_the_file(demo: DemoReport) -> None:
    assert demo.sign_in.stat().st_mode & 0o777 == 0o600
    password = demo.sign_in.read_text(encoding="utf-8").split()[-1]
    for name in ("admin", "bernd", "carla", "trainer"):
        assert await sign_in(f"{name}@example.org", password, "192.0.2.1", now())


async def test_nobody_was_mailed(demo: DemoReport) -> None:
    assert await OutgoingMail.count() == 0


async def test_a_second_run_changes_nothing(demo: DemoReport) -> None:
    before, password = await _rows(), demo.sign_in.read_text(encoding="utf-8")
    again = await load_demo(now=_a_year_later())
    assert (again.is_new, again.first_day) == (False, demo.first_day)
    assert await _rows() == before
    assert demo.sign_in.read_text(encoding="utf-8") == password


async def test_addresses_of_upcoming_events_are_found(demo: DemoReport) -> None:
    assert await event_by_slug("integration-ins-bildungssystem") is not None


async def _rows() -> dict[str, int]:
    return {table._meta.tablename: await table.count() for table in APP_CONFIG.table_classes}


def _a_year_later() -> datetime:
    return now() + timedelta(days=365)
