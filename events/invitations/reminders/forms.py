"""What the office may type about a mail before or after a date, and what it means for the actions on rules."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from events.invitations.reminders.rules import MOST_DAYS, MOST_HOURS, Kind, MailRuleDetails
from events.invitations.wording import refusal_text
from events.kit.forms import Form, parse_form
from events.kit.refusals import Refusal
from events.kit.translation import LANGUAGES, SOURCE

Status = Literal["confirmed", "waiting"]
LONGEST_TEXT = 3000
Paragraph = Annotated[str, Meta(max_length=LONGEST_TEXT, extra={"multiline": True})]
OTHER_LANGUAGES = tuple(code for code in LANGUAGES if code != SOURCE)

_FIELDS = {
    "rule_for_nobody": "statuses",
    "rule_without_text": "text",
    "rule_exists": "when",
    "rule_out_of_range": "when",
}
"""Where the form tells a refusal."""


class ReminderForm(Struct):
    when: Annotated[int, Meta(ge=0, le=MOST_DAYS)]
    statuses: Annotated[list[Status], Meta(min_length=1)]
    text: Paragraph = ""


class FollowUpForm(Struct):
    when: Annotated[int, Meta(ge=0, le=MOST_HOURS)]
    statuses: Annotated[list[Status], Meta(min_length=1)]
    text: Paragraph
    last_only: bool = False


class TextForm(Struct):
    """The paragraph in one language besides German; an empty one falls back to German."""

    text: Paragraph = ""


def read_rule(kind: Kind, sent: Form) -> tuple[MailRuleDetails | None, dict[str, str]]:
    """The rule as typed, or what is wrong by field."""
    form: ReminderForm | FollowUpForm | None
    if kind == "reminder":
        form, errors = parse_form(ReminderForm, sent)
    else:
        form, errors = parse_form(FollowUpForm, sent)
    texts: dict[str, str] = {}
    for language in OTHER_LANGUAGES:
        read, wrong = parse_form(TextForm, sent, f"{language}-")
        errors |= wrong
        if read is not None and read.text:
            texts[language] = read.text
    if form is None or errors:
        return None, errors
    texts = {SOURCE: form.text, **texts} if form.text else texts
    statuses = tuple(form.statuses)
    if isinstance(form, FollowUpForm):
        last_only = form.last_only
        return MailRuleDetails(kind, hours_after=form.when, last_only=last_only, statuses=statuses, texts=texts), {}
    return MailRuleDetails(kind, days_before=form.when, statuses=statuses, texts=texts), {}


def refused_fields(reasons: Sequence[Refusal]) -> dict[str, str]:
    """What the rules say against it, by field; "" is for what has none."""
    said: dict[str, str] = {}
    for one in reasons:
        field = _FIELDS.get(one.code, "")
        said[field] = f"{said.get(field, '')} {refusal_text(one)}".strip()
    return said


def rule_values(details: MailRuleDetails) -> Mapping[str, Any]:
    """What stands in the fields of the form of an existing rule, or of a new one."""
    texts = {("text" if code == SOURCE else f"{code}-text"): text for code, text in details.texts.items()}
    return {
        "when": str(details.timing[0]),
        "statuses": list(details.statuses),
        "last_only": details.last_only,
        **texts,
    }
