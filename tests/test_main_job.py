"""The main job in one go: signed up, in the calendar, marked present, in the figures."""

import re
from datetime import date, timedelta
from uuid import uuid4

from httpx import AsyncClient

from events.attendance.actions import record_headcounts, record_marks
from events.attendance.facts import Count, Mark
from events.evidence.actions import close_date
from events.kit.actor import person, staff
from events.kit.clock import BERLIN, now, today
from events.programme.queries import EventView
from events.registration.actions import confirm_address, register
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from events.reports.figures import Figure
from events.reports.queries import figures
from tests.factories import make_event, make_programme
from tests.outbox import calendar_of, mails_to
from tests.servers import serving

BERND = staff(uuid4())
UID = re.compile(r"^UID:(\S+)", re.MULTILINE)


async def signed_up(event: EventView, name: str, source: str = "web") -> None:
    at = event.dates[0].start - timedelta(days=2)
    sign_up = SignUp((event.id,), (Person(given_name=name),), f"{name.lower()}@example.org", source=source)  # type: ignore[arg-type]
    receipt = await register(sign_up, by=BERND, now=at)
    await confirm_address(receipt.booking, by=person(receipt.booking), now=at)


async def test_one_uid_goes_through_feed_download_and_mail(db: None) -> None:
    event = await make_event()
    await signed_up(event, "Amira")
    mailed = calendar_of((await mails_to("amira@example.org", "confirmation"))[0])
    async with serving("--no-worker") as server, AsyncClient(base_url=server.address) as client:
        feed = (await client.get("/kalender.ics")).text
        download = (await client.get(f"/veranstaltungen/{event.slug}.ics")).text
    assert UID.findall(feed) == UID.findall(download) == UID.findall(mailed) == [event.dates[0].uid]


async def of(family: str, until: date) -> Figure | None:
    found = await figures(date(2020, 1, 1), until, "family", now())
    return next((line for line in found if line.programme == family), None)


async def test_one_more_closed_date_changes_exactly_what_it_should(db: None) -> None:
    care = await make_programme("Pflege", family="Pflege", kind="care_information", policy={"needs_email": False})
    other = await make_programme("Ehrenamt", family="Ehrenamt")
    before_it = await make_event("Früher", programme=other, starts_in=timedelta(days=-20))
    await held(before_it, "Bodo")
    untouched = await of("Ehrenamt", today())
    assert await of("Pflege", today()) is None

    event = await make_event("Pflegegrad", programme=care, starts_in=timedelta(days=-3))
    await held(event, "Amira", extra=12)
    line = await of("Pflege", event.dates[0].start.astimezone(BERLIN).date())
    assert line is not None
    assert (line.events, line.dates, line.registered, line.people, line.participations, line.heads) == (
        1,
        1,
        1,
        1,
        1,
        13,
    )
    assert (line.minutes, line.teaching_units, line.open_dates) == (180, 4, 0)
    assert await of("Ehrenamt", today()) == untouched


async def held(event: EventView, name: str, extra: int = 0) -> None:
    """One named guest, some anonymous ones, and the date is closed."""
    await signed_up(event, name, source="office")
    guest = (await registrations_of(event.id))[0].id
    day = event.dates[0]
    mark = Mark(id=uuid4(), subject=guest, registration=guest, mark="present")
    await record_marks(day.id, [mark], by=BERND, now=day.end)
    if extra:
        count = Count(id=uuid4(), dimension="people", value="women", heads=extra, scope="additional")
        await record_headcounts(day.id, [count], by=BERND, now=day.end)
    await close_date(day.id, by=BERND, now=day.end + timedelta(hours=1))


async def test_a_server_whose_mail_server_is_away_takes_sign_ups_all_the_same(db: None) -> None:
    event = await make_event()
    form = {"given_name": "Amira", "email": "amira@example.org", "consent": "on", "submission": "s"}
    async with serving(EVENTS_SMTP_URL="smtp://127.0.0.1:1") as server, AsyncClient(base_url=server.address) as client:
        answer = await client.post(f"/veranstaltungen/{event.slug}/anmeldung", data=form)
        assert answer.status_code == 303
        assert (await client.get("/health/ready")).status_code == 200
    assert len(await mails_to("amira@example.org", "confirm_address")) == 1
