"""The bodies the office has cooperation agreements with; one of them runs out soon."""

from datetime import date, datetime, timedelta

from events.demo.known import Known
from events.demo.places import BODIES
from events.kit.clock import BERLIN
from events.programme.agreement_actions import create_agreement
from events.programme.agreement_rules import AgreementDetails

PROGRAMMES = ("griffbereit", "rucksack-kita")
SIGNED = date(2014, 8, 1)
RUNS_OUT_IN = timedelta(days=50)
SOON_OVER = "lebensbunt"


async def load_agreements(known: Known, *, signed: datetime, now: datetime) -> None:
    for body in BODIES:
        for programme in PROGRAMMES:
            last_day = now.astimezone(BERLIN).date() + RUNS_OUT_IN if body.key == SOON_OVER else None
            details = AgreementDetails(known.organisations[body.key], known.programmes[programme], SIGNED, last_day)
            await create_agreement(details, by=known.by, now=signed)
