"""The partner who enters the numbers of one upcoming event behind a link of their own."""

from datetime import datetime

from events.demo.known import Known
from events.demo.upcoming import EventIds
from events.programme.partner_actions import ask_partner
from events.programme.partners import partner_links

ONLY_COUNTED, HOST = "pflegegrad", "lippe"
CONTACT = ("Emine Yıldırım", "lippe@example.org", "tr")


async def load_partners(ids: EventIds, known: Known, *, now: datetime) -> None:
    """The host of the event that only counts heads; no mail is queued."""
    (event_id,) = ids[ONLY_COUNTED]
    for partner in await partner_links(event_id):
        if partner.organisation_id == known.organisations[HOST]:
            await ask_partner(partner.id, *CONTACT, by=known.by, now=now, notify=False)
