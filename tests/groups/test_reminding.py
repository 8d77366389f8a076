"""An institution is asked for the reports it owes: on the day, once more 14 days later, and then no more."""

import asyncio
from datetime import date, datetime, time
from uuid import UUID

from events.groups.actions import end_group
from events.groups.institution_actions import end_institution_link, send_institution_link, set_contact
from events.groups.reminding import remind_of_reports
from events.kit.actor import SYSTEM
from events.kit.clock import berlin
from events.kit.database import queries_so_far
from tests.factories import make_programme
from tests.groups.story import NOW, START, a_group, a_kita, tells
from tests.outbox import mails_to, text_of

CONTACT = "leitung@example.org"
DUE = date(2017, 2, 1)
KIND = "group_report_due"


async def a_kita_with_link(programme: UUID, name: str = "Kita Regenbogen", contact: str = CONTACT) -> UUID:
    kita = await a_kita(programme, name)
    await set_contact(kita, "Amira Haddad", contact, by=SYSTEM, now=NOW)
    await send_institution_link(kita, by=SYSTEM, now=NOW)
    return kita


def at_nine(day: date) -> datetime:
    return berlin(day, time(9))


async def test_one_mail_lists_all_groups_of_an_institution(db: None) -> None:
    programme = await make_programme()
    kita = await a_kita_with_link(programme)
    await a_group(programme, kita, "Die Marienkäfer")
    await tells(await a_group(programme, kita, "Die Igel"), START, 7, 7)
    await a_group(programme, kita, "Die Eulen", date(2017, 1, 1))
    assert await remind_of_reports(now=berlin(date(2017, 1, 31), time(23))) == 0
    assert await remind_of_reports(now=berlin(DUE, time(7, 59))) == 0
    assert await remind_of_reports(now=berlin(DUE, time(8))) == 1
    (mail,) = await mails_to(CONTACT, KIND)
    assert mail["Subject"] == "Bitte melden Sie 2 Gruppen"
    text = text_of(mail)
    assert "Die Marienkäfer" in text and "Die Igel" in text and "Die Eulen" not in text
    assert "letzte Meldung am" in text and "noch keine Meldung" in text and "/einrichtung/" in text


async def test_it_is_repeated_once_after_fourteen_days(db: None) -> None:
    programme = await make_programme()
    await a_group(programme, await a_kita_with_link(programme))
    sent = []
    for day in (DUE, date(2017, 2, 2), date(2017, 2, 14), date(2017, 2, 15), date(2017, 3, 1), date(2017, 12, 1)):
        sent.append(sum([await remind_of_reports(now=at_nine(day)) for _ in range(2)]))
    assert sent == [1, 0, 0, 1, 0, 0]
    assert len(await mails_to(CONTACT, KIND)) == 2


async def test_a_job_that_stood_still_sends_what_is_late_once(db: None) -> None:
    programme = await make_programme()
    await a_group(programme, await a_kita_with_link(programme))
    assert [await remind_of_reports(now=at_nine(day)) for day in (date(2017, 2, 12), date(2017, 2, 20))] == [1, 1]
    await a_group(programme, await a_kita_with_link(programme, "Kita Purzelbaum", "bernd@example.org"))
    assert [await remind_of_reports(now=at_nine(day)) for day in (date(2017, 3, 3), date(2017, 3, 30))] == [1, 0]
    assert (len(await mails_to(CONTACT, KIND)), len(await mails_to("bernd@example.org", KIND))) == (2, 1)


async def test_who_has_reported_or_ended_is_not_asked_again(db: None) -> None:
    programme = await make_programme()
    kita = await a_kita_with_link(programme)
    told, ended, silent = [await a_group(programme, kita, name) for name in ("Gemeldet", "Beendet", "Still")]
    assert await remind_of_reports(now=at_nine(DUE)) == 1
    await tells(told, date(2017, 2, 3))
    await end_group(ended, date(2017, 2, 3), by=SYSTEM, now=NOW)
    assert await remind_of_reports(now=at_nine(date(2017, 2, 4))) == 0
    assert await remind_of_reports(now=at_nine(date(2017, 2, 15))) == 1
    _, second = await mails_to(CONTACT, KIND)
    assert "Still" in text_of(second) and "Gemeldet" not in text_of(second) and "Beendet" not in text_of(second)
    await tells(silent, date(2017, 2, 16))
    assert [await remind_of_reports(now=at_nine(day)) for day in (date(2017, 3, 1), date(2017, 8, 2))] == [0, 0]
    # Half a year after its report, the one that reported owes the next one.
    assert await remind_of_reports(now=at_nine(date(2017, 8, 3))) == 1


async def test_a_group_that_is_due_later_has_two_mails_of_its_own(db: None) -> None:
    programme = await make_programme()
    kita = await a_kita_with_link(programme)
    await a_group(programme, kita, "Früh")
    await a_group(programme, kita, "Später", date(2016, 8, 5))
    days = [date(2017, 2, day) for day in range(1, 28)]
    assert [day.day for day in days if await remind_of_reports(now=at_nine(day))] == [1, 5, 15, 19]
    told = [text_of(mail) for mail in await mails_to(CONTACT, KIND)]
    assert ["Früh" in text for text in told] == [True, False, True, False]
    assert ["Später" in text for text in told] == [False, True, False, True]


async def test_without_a_running_link_nobody_is_written_to(db: None) -> None:
    programme = await make_programme()
    never, ended = await a_kita(programme), await a_kita_with_link(programme, "Kita Purzelbaum")
    await set_contact(never, "Bernd", "bernd@example.org", by=SYSTEM, now=NOW)
    await end_institution_link(ended, by=SYSTEM, now=NOW)
    for kita in (never, ended):
        await a_group(programme, kita)
    assert await remind_of_reports(now=at_nine(DUE)) == 0
    await send_institution_link(never, by=SYSTEM, now=NOW)
    assert await remind_of_reports(now=at_nine(DUE)) == 1
    # Somebody new there has not heard of it yet.
    await set_contact(never, "Carla", "carla@example.org", by=SYSTEM, now=NOW)
    await send_institution_link(never, by=SYSTEM, now=NOW)
    assert [await remind_of_reports(now=at_nine(DUE)) for _ in range(2)] == [1, 0]
    assert len(await mails_to("carla@example.org", KIND)) == 1


async def test_two_jobs_at_once_write_once(db: None) -> None:
    programme = await make_programme()
    await a_group(programme, await a_kita_with_link(programme))
    await asyncio.gather(*(remind_of_reports(now=at_nine(DUE)) for _ in range(3)))
    assert len(await mails_to(CONTACT, KIND)) == 1


async def test_ten_institutions_cost_as_many_statements_as_one(db: None) -> None:
    programme, costs = await make_programme(), []
    for number in (1, 9):
        for kita in range(number):
            address = f"kita{number}{kita}@example.org"
            await a_group(programme, await a_kita_with_link(programme, f"Kita {number}, {kita}", address))
        before = queries_so_far()
        assert await remind_of_reports(now=at_nine(DUE)) == number
        costs.append(queries_so_far() - before)
    assert costs[0] == costs[1]
    before = queries_so_far()
    assert await remind_of_reports(now=at_nine(date(2017, 1, 31))) == 0
    assert queries_so_far() - before == 2
