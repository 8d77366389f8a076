"""What follows from what a mail server says, when the next try is due, how much may be sent: pure decisions."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from events.kit.refusals import Refusal

BULK = 9
"""The priority from which on a mail is one of many: rather asked about than sent twice."""

LEASE = timedelta(seconds=60)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
LONGEST_WAIT_FOR_SERVER = timedelta(minutes=10)
"""While nobody answers at all, mails must not wait for hours after the server is back."""

GIVE_UP_AFTER = timedelta(days=3)
FEWEST_TRIES = 10
"""A mail that is old only because nothing could be sent for days, or that was sent anew by hand, gets these first."""

SHORTEST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)

TRIES_OF_A_REFUSED_MAIL = 5
"""So often the server may refuse the content of one mail while others go through; then that mail is to blame."""

UNKNOWN_OUTCOME, BAD_ADDRESS, TOO_LATE, GAVE_UP, DISCARDED, REFUSED = (
    "unknown_outcome",
    "bad_address",
    "too_late",
    "gave_up",
    "discarded",
    "refused",
)
RESTORED = "restored"


class Stage(Enum):
    """How far the talk with the server had come."""

    CONNECTION = "connection"  # connecting, greeting, TLS, signing in
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"  # from DATA on: without an answer nobody knows whether it was taken


class Verdict(Enum):
    LATER = "later"  # this mail again, others go on
    UNREACHABLE = "unreachable"  # the server, for all mails
    UNKNOWN = "unknown"  # perhaps delivered
    BAD_ADDRESS = "bad_address"
    REFUSED = "refused"  # this mail as it is: neither its address nor all mails
    OUR_FAULT = "our_fault"  # all mails wait until somebody has looked


# RFC 3463 and RFC 6531: what the enhanced codes 5.x.y say about the recipient. Not 5.1.7 and 5.1.8: the sender.
_ABOUT_RECIPIENT = re.compile(r"5\.(1\.(?:[0-6]|9|10)|2\.[^3]|4\.[1346]|6\.7)\b")
_ABOUT_SIZE = re.compile(r"5\.(2\.3|3\.4)\b")
_ENHANCED = re.compile(r"5\.\d{1,3}\.\d{1,3}\b")
_ABOUT_RECIPIENT_PLAIN = (550, 551, 552, 553, 556)


def classify(stage: Stage, code: int | None, text: str) -> Verdict:
    """What a refusal means; `code` is None when there was no answer (connection lost, time over)."""
    if code is None:
        return Verdict.UNKNOWN if stage is Stage.CONTENT else Verdict.UNREACHABLE
    if code == 421 or (code < 500 and stage is Stage.CONNECTION):
        return Verdict.UNREACHABLE
    if code < 500:
        return Verdict.LATER
    if _is_about_size(stage, code, text):
        return Verdict.REFUSED
    if stage is Stage.RECIPIENT and _is_about_recipient(code, text):
        return Verdict.BAD_ADDRESS
    return Verdict.OUR_FAULT


def _is_about_size(stage: Stage, code: int, text: str) -> bool:
    """RFC 1870: the server may say so as soon as it hears the size."""
    enhanced = _ENHANCED.match(text.strip())
    if enhanced:
        return _ABOUT_SIZE.match(enhanced.group()) is not None
    return code == 552 and stage in (Stage.SENDER, Stage.CONTENT)


def _is_about_recipient(code: int, text: str) -> bool:
    enhanced = _ENHANCED.match(text.strip())
    if enhanced:
        return _ABOUT_RECIPIENT.match(enhanced.group()) is not None
    return code in _ABOUT_RECIPIENT_PLAIN


def next_try(verdict: Verdict, tries: int, now: datetime, jitter: float) -> datetime:
    """1 minute after the first try, then doubling; `jitter` (0 to 1) keeps many from coming at the same moment."""
    longest = LONGEST_WAIT_FOR_SERVER if verdict is Verdict.UNREACHABLE else LONGEST_WAIT
    doublings = min(max(tries - 1, 0), 16)
    wait = FIRST_WAIT * (1 << doublings)
    return now + min(wait * (1 + jitter / 4), longest)


def is_mail_to_blame(stage: Stage, tries: int, is_paused: bool) -> bool:
    """Whether a refusal that looks like a fault of ours is about this mail alone: no pause means others went out."""
    return stage is Stage.CONTENT and tries >= TRIES_OF_A_REFUSED_MAIL and not is_paused


def is_given_up(created_at: datetime, tries: int, now: datetime) -> bool:
    return now - created_at >= GIVE_UP_AFTER and tries >= FEWEST_TRIES


def pause_until(since: datetime, now: datetime) -> datetime:
    """When to try again after a fault of ours: the longer it lasts, the more rarely."""
    return now + max(SHORTEST_PAUSE, min(LONGEST_PAUSE, now - since))


@dataclass(frozen=True)
class Allowance:
    """How many mails may go before the next look at what all workers have sent, and how many of those may be bulk."""

    at_once: int
    bulk: int


def allowance(rate: int, sent_last_minute: int) -> Allowance:
    """Bulk leaves a quarter of the rate to people's own mails. `rate` and what was sent: of all workers, a minute.

    A worker takes a quarter of what is left and looks again: four at the same moment exceed the rate by three at most.
    """
    left = max(0, rate - sent_last_minute)
    bulk = max(0, max(1, rate * 3 // 4) - sent_last_minute)
    at_once = min(left, max(1, left // 4))
    return Allowance(at_once, min(at_once, bulk))


def why_not_resend(status: str, has_content: bool, useful_until: datetime | None, now: datetime) -> Refusal | None:
    if status not in ("failed", "held"):
        return Refusal("mail_not_resendable")
    if not has_content:
        return Refusal("mail_erased")
    if useful_until is not None and useful_until <= now:
        return Refusal("mail_too_late")
    return None
