"""A programme, a Kita with its body's agreement for it, and a group there; all of them in 2016 and 2017."""

from datetime import date, time
from uuid import UUID

from events.groups.actions import open_group, report_group
from events.kit.actor import SYSTEM
from events.kit.clock import berlin
from events.programme.agreement_actions import create_agreement
from events.programme.agreement_rules import AgreementDetails
from tests.factories import make_organisation, make_programme

NOW = berlin(date(2017, 7, 31), time(12))
START = date(2016, 8, 1)


async def may_run(organisation: UUID, programme: UUID, since: date = START) -> UUID:
    """An agreement without an end."""
    return await create_agreement(AgreementDetails(organisation, programme, since), by=SYSTEM, now=NOW)


async def a_kita(programme: UUID, name: str = "Kita Regenbogen") -> UUID:
    body = await make_organisation("Träger Sonnenschein", "body")
    await may_run(body, programme)
    return await make_organisation(name, city="Marl", parent_id=body)


async def a_group(
    programme: UUID | None = None, kita: UUID | None = None, name: str = "Die Marienkäfer", start: date = START
) -> UUID:
    programme = programme or await make_programme()
    kita = kita or await a_kita(programme)
    return await open_group(programme, kita, name, start, by=SYSTEM, now=NOW)


async def tells(group: UUID, day: date, parents: int = 8, children: int = 9, *languages: str) -> UUID:
    return await report_group(group, day, parents, children, languages, by=SYSTEM, now=berlin(day, time(23)))
