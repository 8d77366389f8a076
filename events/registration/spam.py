"""Telling programs from people without tracking anybody: a field nobody sees, the time a form took, and how often."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Protocol

from events.accounts.throttle import too_many_of
from events.kit.addresses import address_key, address_prefix
from events.kit.refusals import Refusal
from events.settings import settings

FASTEST = timedelta(seconds=1)
WINDOW = timedelta(hours=1)
PER_ADDRESS, PER_NETWORK, PER_FORM = 6, 120, 1200
OTHERS_A_DAY = 5


class CheckedForm(Protocol):
    """What the checks look at in any form of the public pages."""

    @property
    def email(self) -> str: ...

    @property
    def rendered(self) -> str: ...

    @property
    def website(self) -> str: ...


def stamp(now: datetime) -> str:
    """The signed moment at which a form was rendered."""
    moment = f"{now.timestamp():.3f}"
    return f"{moment}.{_signature(moment)}"


def why_suspicious(form: CheckedForm, now: datetime) -> Refusal | None:
    """Sending the shown form again is enough for people; programs do not read the answer."""
    if not settings().spam_checks:
        return None
    if form.website:
        return Refusal("looks_automatic")
    rendered = _rendered_at(form.rendered)
    return Refusal("too_fast") if rendered is None or now - rendered < FASTEST else None


async def seconds_to_wait(form: CheckedForm, slug: str, ip: str, now: datetime) -> int | None:
    """Counts this try per mail address, network and form; None while all are within their limits of an hour."""
    if not settings().spam_checks:
        return None
    limits = {f"sign-up-net:{address_prefix(ip)}": PER_NETWORK, f"sign-up-form:{slug}": PER_FORM}
    if form.email:
        limits[f"sign-up-mail:{address_key(form.email)}"] = PER_ADDRESS
    return await too_many_of(limits, WINDOW, now)


def _rendered_at(stamped: str) -> datetime | None:
    moment, _, signature = stamped.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(moment).encode()):
        return None
    return datetime.fromtimestamp(float(moment), UTC)


def _signature(moment: str) -> str:
    return hmac.new(settings().secret_key.encode(), f"rendered|{moment}".encode(), hashlib.sha256).hexdigest()[:32]


async def seconds_to_wait_for_codes(ip: str, now: datetime) -> int | None:
    """Short codes have 35 bits: guessing is slowed down per network, whatever the setting for spam checks."""
    return await too_many_of({f"code-net:{address_prefix(ip)}": 30}, WINDOW, now)


async def seconds_to_wait_for_others(who: str, email: str, ip: str, now: datetime) -> int | None:
    """Counts that `who` (a booking, an invitation) names somebody who comes instead; None while within the limits.

    Each time a mail goes to somebody who never asked for one: five a day of one page, and as sign-ups per address and
    network.
    """
    if not settings().spam_checks:
        return None
    limits = {f"sign-up-net:{address_prefix(ip)}": PER_NETWORK}
    if email:
        limits[f"sign-up-mail:{address_key(email)}"] = PER_ADDRESS
    a_day = await too_many_of({f"instead:{who}": OTHERS_A_DAY}, timedelta(days=1), now)
    return a_day or await too_many_of(limits, WINDOW, now)
