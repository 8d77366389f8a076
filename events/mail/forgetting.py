"""Mails about somebody who is being erased: what was sent goes at once, what is still to be sent goes right after it.

Callers say which mails they mean by a condition on `OutgoingMail`.
"""

from piccolo.custom_types import Combinable

from events.mail.tables import OutgoingMail

TO_BE_FORGOTTEN = "forget:"
"""Before `about`: the mail is still sent, nothing else leads to it any more, and afterwards it is removed."""

_WAITING = ["queued", "paused"]
_MARK = "UPDATE outgoing_mail SET about = {} || about WHERE id IN (IDS)"


async def forget_once_sent(meant: Combinable) -> None:
    """In the transaction of the erasure: the news that a place was given back must still reach the person."""
    await OutgoingMail.delete().where(meant, OutgoingMail.status.not_in(_WAITING))
    waiting = await OutgoingMail.select(OutgoingMail.id).where(meant, OutgoingMail.status.is_in(_WAITING))
    if waiting:
        statement = _MARK.replace("IDS", ", ".join(["{}"] * len(waiting)))
        await OutgoingMail.raw(statement, TO_BE_FORGOTTEN, *[row["id"] for row in waiting])


async def forget_what_was_sent() -> int:
    """Removes those that are sent by now, or given up. How many; for the clock."""
    rows = await (
        OutgoingMail.delete()
        .where(OutgoingMail.about.like(f"{TO_BE_FORGOTTEN}%"), OutgoingMail.status.not_in(_WAITING))
        .returning(OutgoingMail.id)
    )
    return len(rows)


async def forget_texts(meant: Combinable) -> None:
    """Of mails to others that name somebody who is being erased; that they were sent stays known."""
    done = OutgoingMail.status.is_in(["sent", "failed"])
    await OutgoingMail.update({OutgoingMail.content: None}).where(meant, done)
