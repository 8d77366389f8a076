"""What may be chosen and typed about a mailing: whom it goes to (in the address of the page), and its texts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from msgspec import Meta, Struct

from events.invitations.mailings.audiences import Audience, Source
from events.invitations.mailings.messages import LARGEST_BODY, body_html
from events.invitations.mailings.rules import WrittenText
from events.kit.forms import Form, MultilineText, parse_form
from events.kit.translation import LANGUAGES, SOURCE
from events.kit.translation import gettext as _

SOURCES: dict[str, Source] = {
    "veranstaltungen": "events",
    "reihe": "series",
    "programm": "programme",
    "verteiler": "contacts",
}
STATUSES = ("confirmed", "waiting", "requested", "offered")
"""Whom one can write to: the address is proven, and they count on the event or hope for it."""

Code = Annotated[str, Meta(max_length=80)]


class AudienceForm(Struct):
    """`dazu` is one more event beside those that are chosen already."""

    quelle: Literal["veranstaltungen", "reihe", "programm", "verteiler"] = "veranstaltungen"
    veranstaltung: Annotated[tuple[UUID, ...], Meta(max_length=60)] = ()
    dazu: UUID | None = None
    reihe: UUID | None = None
    programm: UUID | None = None
    thema: Annotated[tuple[UUID, ...], Meta(max_length=60)] = ()
    stand: Annotated[tuple[Code, ...], Meta(max_length=10)] = ()
    stadt: Annotated[tuple[Code, ...], Meta(max_length=60)] = ()
    art: Annotated[tuple[Code, ...], Meta(max_length=20)] = ()
    sprache: Annotated[tuple[Code, ...], Meta(max_length=20)] = ()
    vergangene: bool = False

    @property
    def ids(self) -> tuple[UUID, ...]:
        more = (self.dazu,) if self.dazu else ()
        chosen: dict[str, tuple[UUID | None, ...]] = {
            "veranstaltungen": tuple(dict.fromkeys((*self.veranstaltung, *more))),
            "reihe": (self.reihe,),
            "programm": (self.programm,),
            "verteiler": self.thema,
        }
        return tuple(id for id in chosen[self.quelle] if id)

    def audience(self, now: datetime) -> Audience:
        is_narrowed = self.quelle in ("reihe", "programm") and not self.vergangene
        return Audience(
            source=SOURCES[self.quelle],
            ids=self.ids,
            statuses=self.stand or ("confirmed",),
            cities=self.stadt,
            kinds=self.art if self.quelle != "verteiler" else (),
            languages=self.sprache,
            ends_after=now if is_narrowed else None,
        )


class TextForm(Struct):
    """The text in one language; both parts, or none."""

    subject: Annotated[str, Meta(max_length=150)] = ""
    body: Annotated[MultilineText, Meta(max_length=8000)] = ""


def audience_values(audience: Audience) -> dict[str, Any]:
    """What stands in the fields for this audience."""
    name = next(name for name, source in SOURCES.items() if source == audience.source)
    ids = [str(id) for id in audience.ids]
    field = {"veranstaltungen": "veranstaltung", "verteiler": "thema"}.get(name, name)
    return {
        "quelle": name,
        field: ids,
        "stand": list(audience.statuses),
        "stadt": list(audience.cities),
        "art": list(audience.kinds),
        "sprache": list(audience.languages),
        "vergangene": audience.ends_after is None and name in ("reihe", "programm"),
    }


def as_query(values: Mapping[str, Any]) -> str:
    """The same choice as part of an address."""
    kept = {name: "on" if value is True else value for name, value in values.items() if value}
    return urlencode(kept, doseq=True)


def read_texts(sent: Form) -> tuple[dict[str, WrittenText] | None, dict[str, str]]:
    """The texts by language code, or what is wrong by field; German is needed, in the others both parts or none."""
    texts: dict[str, WrittenText] = {}
    errors: dict[str, str] = {}
    for code in LANGUAGES:
        form, wrong = parse_form(TextForm, sent, prefix=f"{code}-")
        errors |= wrong
        if form is None:
            continue
        errors |= _unfinished(code, form)
        if form.subject and form.body:
            texts[code] = WrittenText(form.subject, form.body)
    return (None if errors else texts), errors


def text_values(texts: Mapping[str, WrittenText], greets: bool) -> dict[str, Any]:
    values: dict[str, Any] = {"greets": greets}
    for code, text in texts.items():
        values |= {f"{code}-subject": text.subject, f"{code}-body": text.body}
    return values


def _unfinished(code: str, form: TextForm) -> dict[str, str]:
    is_begun = bool(form.subject or form.body)
    errors: dict[str, str] = {}
    if (is_begun or code == SOURCE) and not form.subject:
        errors[f"{code}-subject"] = _("Bitte schreiben Sie einen Betreff.")
    if (is_begun or code == SOURCE) and not form.body:
        errors[f"{code}-body"] = _("Bitte schreiben Sie einen Text.")
    if len(body_html(form.body).encode()) > LARGEST_BODY:
        errors[f"{code}-body"] = _("Der Text ist zu lang für eine Mail. Bitte kürzen Sie ihn.")
    return errors
