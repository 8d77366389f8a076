"""One person's own calendar, behind an address that only they know. The public ones are in `feeds`."""

from datetime import datetime

from events.calendar_feeds.making import NEVER, Feed, made
from events.calendar_feeds.owners import Owner, owner_behind
from events.calendar_feeds.people import entries_of_booking, entries_of_participant
from events.calendar_feeds.team import entries_of_staff
from events.kit.ical import entry_text
from events.kit.translation import gettext as _
from events.kit.translation import language_prefix, speaking
from events.office.queries import office
from events.settings import settings


async def personal_feed(token: str, *, language: str, now: datetime) -> Feed:
    """While nothing changes the bytes stay the same, in every process. Raises NotFound and Gone.

    Neither the calendar's own address nor a link to the own page stands in it: calendars are shared.
    """
    owner = await owner_behind(token)
    office_name = (await office()).name
    texts, changed_at = await _entries(owner, language, office_name, now)
    with speaking(language):
        name = _("Meine Termine: %(office)s", office=office_name)
        about = _("Es gelten die Angaben in unserer letzten Mail und auf der Website.")
    return made(
        texts,
        name=name,
        description=about,
        url=f"{settings().base_url}{language_prefix(language)}/",
        changed_at=changed_at,
        is_dated=False,
    )


async def _entries(owner: Owner, language: str, office_name: str, now: datetime) -> tuple[list[str], datetime]:
    """The VEVENT texts, and when the last of them changed."""
    if owner.purpose == "staff-feed":
        of_staff = await entries_of_staff(owner.id, owner.role, language, office_name, now)
        return [one.text for one in of_staff], max((one.changed_at for one in of_staff), default=NEVER)
    find = entries_of_booking if owner.purpose == "feed" else entries_of_participant
    entries = await find(owner.id, language, office_name, now)
    return [entry_text(one) for one in entries], max((one.changed_at for one in entries), default=NEVER)
