"""Cooperation agreements: who may run which programme, and when."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from events.history.queries import history_of
from events.kit import uploads
from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from events.kit.refusals import NotFound, Refused
from events.kit.uploads import checked
from events.programme.agreement_actions import (
    add_file,
    create_agreement,
    edit_agreement,
    end_agreement,
    remove_file,
)
from events.programme.agreement_rules import AgreementDetails
from events.programme.agreements import (
    agreement_by_id,
    agreements,
    agreements_running_out,
    covered_by,
    files_of,
    valid_agreement,
)
from events.settings import settings
from tests.factories import make_organisation, make_programme

FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)
DAY = timedelta(days=1)
PDF = b"%PDF-1.7\n..."


async def make_agreement(
    organisation: UUID, programme: UUID, starts_on: date = FIRST, ends_on: date | None = LAST, note: str = ""
) -> UUID:
    details = AgreementDetails(organisation, programme, starts_on, ends_on, note)
    return await create_agreement(details, by=SYSTEM, now=now())


async def body_and_programme() -> tuple[UUID, UUID]:
    return await make_organisation("Kita-Werk", "body"), await make_programme()


async def told_about(agreement: UUID) -> list[str]:
    return sorted(line.verb for line in await history_of("agreement", agreement))


async def test_it_holds_on_its_first_and_its_last_day_and_not_beside(db: None) -> None:
    body, programme = await body_and_programme()
    await make_agreement(body, programme)
    for day, holds in ((FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)):
        assert (await valid_agreement(body, programme, day) is not None) == holds
        assert (body in await covered_by(programme, day)) == holds


async def test_without_a_last_day_it_holds_until_it_is_ended(db: None) -> None:
    body, programme = await body_and_programme()
    id = await make_agreement(body, programme, ends_on=None)
    assert await valid_agreement(body, programme, date(2099, 1, 1)) is not None
    await end_agreement(id, today() + DAY, by=SYSTEM, now=now())
    assert await valid_agreement(body, programme, today() + DAY) is not None
    assert await valid_agreement(body, programme, today() + 2 * DAY) is None
    assert await told_about(id) == ["created", "ended"]


async def test_it_covers_whatever_belongs_to_the_body_and_nobody_else(db: None) -> None:
    body, programme = await body_and_programme()
    kita = await make_organisation("Kita Regenbogen", parent_id=body)
    group = await make_organisation("Außengruppe", parent_id=kita)
    stranger = await make_organisation("Kita Sonne")
    id = await make_agreement(body, programme)
    for one in (body, kita, group):
        found = await valid_agreement(one, programme, FIRST)
        assert found is not None and found.id == id
    assert await valid_agreement(stranger, programme, FIRST) is None
    assert await valid_agreement(kita, await make_programme("Rucksack"), FIRST) is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(FIRST, LAST), (LAST, None), (FIRST - DAY, FIRST), (FIRST - DAY, None), (FIRST + DAY, LAST - DAY)],
)
async def test_two_of_the_same_body_and_programme_never_overlap(
    db: None, starts_on: date, ends_on: date | None
) -> None:
    body, programme = await body_and_programme()
    await make_agreement(body, programme)
    with pytest.raises(Refused) as refused:
        await make_agreement(body, programme, starts_on, ends_on)
    [reason] = refused.value.reasons
    assert (reason.code, reason.facts) == ("agreement_overlaps", {"start": "01.08.2026", "end": "31.07.2027"})
    assert len(await agreements()) == 1


async def test_one_without_end_leaves_no_room_after_it(db: None) -> None:
    body, programme = await body_and_programme()
    await make_agreement(body, programme, ends_on=None)
    with pytest.raises(Refused) as refused:
        await make_agreement(body, programme, date(2030, 1, 1), None)
    assert [one.code for one in refused.value.reasons] == ["agreement_overlaps_open"]


async def test_one_after_the_other_is_fine_and_so_are_others_at_the_same_time(db: None) -> None:
    body, programme = await body_and_programme()
    await make_agreement(body, programme)
    await make_agreement(body, programme, LAST + DAY, None)
    await make_agreement(body, programme, FIRST - 2 * DAY, FIRST - DAY)
    await make_agreement(body, await make_programme("Rucksack"))
    await make_agreement(await make_organisation("Familienwerk", "body"), programme)
    assert len(await agreements()) == 5


async def test_it_cannot_end_before_it_begins(db: None) -> None:
    body, programme = await body_and_programme()
    with pytest.raises(Refused) as refused:
        await make_agreement(body, programme, LAST, FIRST)
    assert [one.code for one in refused.value.reasons] == ["agreement_ends_too_early"]
    await make_agreement(body, programme, FIRST, FIRST)


async def test_it_is_changed_with_the_same_rules(db: None) -> None:
    body, programme = await body_and_programme()
    first = await make_agreement(body, programme)
    second = await make_agreement(body, programme, LAST + DAY, None)
    longer = AgreementDetails(body, programme, FIRST, LAST + DAY)
    with pytest.raises(Refused):
        await edit_agreement(first, longer, by=SYSTEM, now=now())
    shorter = AgreementDetails(body, programme, FIRST, LAST - DAY, "Az. 12/26")
    await edit_agreement(first, shorter, by=SYSTEM, now=now())
    await edit_agreement(first, shorter, by=SYSTEM, now=now())
    found = await agreement_by_id(first)
    assert found is not None and (found.ends_on, found.note) == (LAST - DAY, "Az. 12/26")
    assert await told_about(first) == ["created", "edited"] and await told_about(second) == ["created"]


async def test_ending_makes_it_shorter_never_longer(db: None) -> None:
    body, programme = await body_and_programme()
    id = await make_agreement(body, programme, today() - 10 * DAY, today() + 10 * DAY)
    for day, code in ((today() + 11 * DAY, "agreement_ends_sooner"), (today() - 11 * DAY, "agreement_ends_too_early")):
        with pytest.raises(Refused) as refused:
            await end_agreement(id, day, by=SYSTEM, now=now())
        assert [one.code for one in refused.value.reasons] == [code]
    await end_agreement(id, today() - DAY, by=SYSTEM, now=now(), reason="Der Träger gibt das Programm ab.")
    with pytest.raises(Refused) as refused:
        await end_agreement(id, today() - DAY, by=SYSTEM, now=now())
    assert [one.code for one in refused.value.reasons] == ["agreement_is_over"]
    told = await history_of("agreement", id)
    assert [line.reason for line in told if line.verb == "ended"] == ["Der Träger gibt das Programm ab."]


async def test_what_runs_out_soon_is_told_unless_another_one_follows(db: None) -> None:
    on, programme = date(2027, 1, 12), await make_programme()
    ends = {"Bald": 90, "Später": 91, "Heute": 0, "Vorbei": -1, "Erneuert": 10}
    bodies = {name: await make_organisation(name, "body") for name in (*ends, "Ohne Ende")}
    for name, days in ends.items():
        await make_agreement(bodies[name], programme, FIRST, on + days * DAY)
    await make_agreement(bodies["Erneuert"], programme, on + 11 * DAY, None)
    await make_agreement(bodies["Ohne Ende"], programme, FIRST, None)
    assert [one.organisation_name for one in await agreements_running_out(on)] == ["Heute", "Bald"]
    assert [one.organisation_name for one in await agreements_running_out(on, 30)] == ["Heute"]


async def test_nobody_agrees_with_what_does_not_exist(db: None) -> None:
    with pytest.raises(NotFound):
        await make_agreement(uuid4(), await make_programme())
    with pytest.raises(NotFound):
        await end_agreement(uuid4(), today(), by=SYSTEM, now=now())


async def test_a_file_is_kept_with_it_and_removed_for_good(db: None) -> None:
    id = await make_agreement(*await body_and_programme())
    file_id = await add_file(id, checked("Vereinbarung.pdf", PDF), by=SYSTEM, now=now())
    [found] = await files_of(id)
    assert (found.name, found.content_type, found.size) == ("Vereinbarung.pdf", "application/pdf", len(PDF))
    assert await uploads.read(found.stored_as) == PDF
    other = await make_agreement(await make_organisation("Familienwerk", "body"), await make_programme("Rucksack"))
    with pytest.raises(NotFound):
        await remove_file(other, file_id, by=SYSTEM, now=now())
    await remove_file(id, file_id, by=SYSTEM, now=now())
    assert await files_of(id) == []
    with pytest.raises(NotFound):
        await uploads.read(found.stored_as)
    assert await told_about(id) == ["created", "file_added", "file_removed"]


async def test_no_bytes_stay_behind_when_there_is_no_agreement(db: None) -> None:
    folder, other = settings().data / "uploads", await uploads.keep(b"another")
    before = {path.name for path in folder.iterdir()}
    with pytest.raises(NotFound):
        await add_file(uuid4(), checked("Vereinbarung.pdf", PDF), by=SYSTEM, now=now())
    assert other in before and {path.name for path in folder.iterdir()} == before
