"""Sending stands still because of a fault on our side, or because somebody wants it so: one row while it lasts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from events.mail.rules import pause_until
from events.mail.tables import MailPause

THE_PAUSE = UUID(int=1)
UNTIL_SOMEBODY_ENDS_IT = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Pause:
    """`reason` is the server's answer without addresses, or what a person gave."""

    reason: str
    since: datetime
    until: datetime


async def current_pause() -> Pause | None:
    """The pause as it stands; one whose `until` is over stays until a mail has gone out."""
    columns = (MailPause.reason, MailPause.since, MailPause.until)
    row = await MailPause.select(*columns).where(MailPause.id == THE_PAUSE).first()
    return Pause(**row) if row else None


async def pause_for_our_fault(reason: str, now: datetime) -> None:
    """Longer each time, as long as no mail goes out in between. What a person has paused stays so."""
    known = await current_pause()
    if known is not None and known.until >= UNTIL_SOMEBODY_ENDS_IT:
        return
    since = known.since if known else now
    await put_pause(Pause(reason, since, pause_until(since, now)))


async def put_pause(pause: Pause) -> None:
    row = MailPause(id=THE_PAUSE, reason=pause.reason, since=pause.since, until=pause.until)
    changing = (MailPause.reason, MailPause.until)
    await MailPause.insert(row).on_conflict(target=MailPause.id, action="DO UPDATE", values=changing)


async def end_pause() -> None:
    await MailPause.delete().where(MailPause.id == THE_PAUSE)


async def end_pause_that_is_over(now: datetime) -> None:
    """A mail has gone out. A pause that somebody began meanwhile stays."""
    await MailPause.delete().where(MailPause.id == THE_PAUSE, MailPause.until <= now)
