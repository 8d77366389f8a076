"""What a mail of the outbox is about: the registrations or the event behind it, as far as they are still there."""

from dataclasses import dataclass
from uuid import UUID

from piccolo.columns import Column

from events.mail.queries import MailView
from events.mail.tables import Mailing
from events.programme.queries import EventView, date_with_event, event_by_id, events_by_ids
from events.registration.signup import full_name
from events.registration.tables import Registration


@dataclass(frozen=True)
class Concerns:
    """One registration the mail is about; `id` is the registration's."""

    id: UUID
    name: str
    event: EventView


@dataclass(frozen=True)
class Subject:
    """`mailing` and `title` are those of a mailing the office wrote, `event` what another mailing is about."""

    registrations: tuple[Concerns, ...] = ()
    event: EventView | None = None
    mailing: UUID | None = None
    title: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.registrations or self.event or self.mailing)


async def subject_of(mail: MailView) -> Subject:
    """A mail that is only sent on before it is forgotten leads nowhere."""
    if mail.mailing is not None:
        return await _of_mailing(mail.mailing)
    kind, _, id = mail.about.partition(":")
    columns: dict[str, Column] = {
        "booking": Registration.booking,
        "participant": Registration.participant,
        "registration": Registration.id,
    }
    known = _uuid(id)
    if kind not in columns or known is None:
        return Subject()
    one = Registration
    rows = await (
        one.select(
            one.id,
            one.event,
            one.participant.given_name.as_alias("given_name"),
            one.participant.family_name.as_alias("family_name"),
        )
        .where(columns[kind] == known)
        .order_by(one.registered_at)
    )
    events = await events_by_ids({row["event"] for row in rows}, partners=False)
    return Subject(
        tuple(
            Concerns(row["id"], full_name(row["given_name"], row["family_name"]), events[row["event"]]) for row in rows
        )
    )


async def _of_mailing(id: UUID) -> Subject:
    mailing = await Mailing.objects().get(Mailing.id == id)
    if mailing is None:
        return Subject()
    if mailing.title:
        return Subject(mailing=mailing.id, title=mailing.title)
    found = await date_with_event(mailing.about)
    return Subject(event=found[1] if found else await event_by_id(mailing.about))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
