"""The mail to somebody who was named: for what, until when, and the one link. In German, like the team's pages."""

from datetime import datetime
from uuid import UUID

from events.accounts.trainer_access import Account
from events.kit.translation import SOURCE, localized
from events.mail.actions import queue
from events.mail.composing import compose
from events.mail.queries import mails_about
from events.office.queries import office
from events.programme.loading import load_events
from events.programme.queries import EventView
from events.programme.tables import Event
from events.programme.trainer_links import trainer_address
from events.programme.trainers import Charge
from events.settings import settings

KIND = "trainer_invited"


async def queue_trainer_invited(charge: Charge, account: Account, named_by: str, now: datetime) -> None:
    """`named_by`: whose substitute they are; empty when the office wrote. Who has a password gets no such link."""
    events, about = await events_led(charge), f"event_trainer:{charge.id}"
    series = next((event.series_title for event in events if event.series_title), None)
    mail = compose(
        KIND,
        to=account.email,
        language=SOURCE,
        about=about,
        sequence=len(await mails_about(about)),
        context={
            "office": await office(),
            "name": account.name,
            "series": localized(series, SOURCE).text if charge.series_id and series else "",
            "events": [(localized(event.title, SOURCE).text, event.coming_dates) for event in events],
            "named_by": named_by,
            "signs_in_by_link": account.signs_in_by_link,
            "ends_at": charge.ends_at,
            "link": _link(charge, account, events[0].id if events else None),
        },
        useful_until=charge.ends_at,
    )
    await queue(mail, now=now)


async def events_led(charge: Charge) -> list[EventView]:
    """By their start; those that have no date yet come last."""
    where = Event.series == charge.series_id if charge.series_id else Event.id == charge.event_id
    found = await load_events(where, entries=False, partners=False)
    return sorted(found, key=lambda event: (event.starts_at is None, event.starts_at or event.changed_at, event.slug))


def _link(charge: Charge, account: Account, event_id: UUID | None) -> str:
    if account.signs_in_by_link:
        return trainer_address(charge.id, charge.link_version)
    return f"{settings().base_url}/team/veranstaltungen" + (f"/{event_id}" if event_id else "")
