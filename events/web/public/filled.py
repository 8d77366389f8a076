"""What the sign-up forms share: what was typed and what is wrong with it, refusals as a summary, the spam checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from litestar import Request

from events.kit.clock import now
from events.kit.forms import Form, typed
from events.kit.links import random_token
from events.kit.refusals import Refused
from events.kit.translation import gettext as _
from events.registration import spam
from events.registration.wording import next_step, refusal_text

NEVER_KEPT = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@dataclass(frozen=True)
class Filled:
    """A form as templates want it. An error under the name "" is of no single field; `focus` is where to go on."""

    values: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)
    focus: str = ""

    def in_order_of(self, names: Iterable[str]) -> "Filled":
        """The errors in this order; others come first."""
        places = {name: place for place, name in enumerate(names)}
        ordered = sorted(self.errors.items(), key=lambda error: places.get(error[0], -1))
        return replace(self, errors=dict(ordered))


@dataclass(frozen=True)
class Stopped:
    """Why a sign-up did not reach the domain, as page and status."""

    status: int
    errors: Mapping[str, str]
    headers: dict[str, str] = field(default_factory=dict)


def blank(**values: Any) -> Filled:
    """An empty form with the random id that makes a doubled submit harmless."""
    return Filled({"submission": random_token(), "rendered": spam.stamp(now()), "party": 1, **values})


def typed_again(sent: Form, errors: Mapping[str, str]) -> Filled:
    """The form as it was sent: nothing typed is lost, and the id stays the same."""
    values: dict[str, Any] = {"submission": random_token(), "rendered": spam.stamp(now()), **_single(typed(sent))}
    return Filled(values, errors)


def refused(refusal: Refused) -> dict[str, str]:
    """All reasons as one message with the next step behind each."""
    sentences = [f"{refusal_text(reason)} {next_step(reason)}".strip() for reason in refusal.reasons]
    return {"": " ".join(dict.fromkeys(sentences))}


async def refused_by_spam_checks(request: Request[Any, Any, Any], form: spam.CheckedForm, name: str) -> Stopped | None:
    suspicion = spam.why_suspicious(form, now())
    if suspicion is not None:
        return Stopped(422, refused(Refused(suspicion)))
    ip = request.client.host if request.client else ""
    seconds = await spam.seconds_to_wait(form, name, ip, now())
    if seconds is not None:
        sentence = _(
            "Von hier kamen sehr viele Anmeldungen. Bitte versuchen Sie es später noch einmal oder rufen Sie uns an."
        )
        return Stopped(429, {"": sentence}, {"Retry-After": str(seconds)})
    return None


async def too_many_others(request: Request[Any, Any, Any], who: str, email: str) -> Stopped | None:
    """`who`, the booking or invitation of a page, names somebody else who then gets a mail."""
    ip = request.client.host if request.client else ""
    seconds = await spam.seconds_to_wait_for_others(who, email, ip, now())
    if seconds is None:
        return None
    sentence = _("Das waren zu viele Versuche. Bitte warten Sie eine Weile oder rufen Sie uns an.")
    return Stopped(429, {"": sentence}, {"Retry-After": str(seconds)})


def _single(values: Mapping[str, list[str]]) -> dict[str, Any]:
    """One text where one was sent, as templates expect it; lists stay lists."""
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in values.items()}
