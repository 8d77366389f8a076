"""Mailings in words of the team: what they are called, whom they go to, where they stand."""

from collections.abc import Collection, Mapping
from uuid import UUID

from events.invitations.mailings.audiences import Audience
from events.invitations.mailings.rules import WRITTEN_BY_THE_OFFICE
from events.invitations.mailings.views import MailingView, events_behind, titles_of
from events.kit.translation import LANGUAGES, N_, localized, ngettext
from events.kit.translation import gettext as _
from events.mail.wording import kind_text
from events.programme.queries import programmes, series_choices
from events.programme.wording import ORGANISATION_KINDS
from events.registration.wording import STATUSES as REGISTRATION_STATUSES

STATUSES = {
    "draft": N_("Entwurf"),
    "queued": N_("wird verschickt"),
    "paused": N_("angehalten"),
    "expanded": N_("wird verschickt"),
    "stopped": N_("abgebrochen"),
}
SENT = N_("verschickt")

WHY_LEFT_OUT = {
    "opted_out": N_("möchte keine Rundmails"),
    "undeliverable": N_("Adresse nimmt keine Mails an"),
    "no_address": N_("ohne E-Mail-Adresse"),
}


def status_word(status: str, is_over: bool) -> str:
    return _(SENT) if is_over and status == "expanded" else _(STATUSES[status])


async def titles_in_words(found: Collection[MailingView]) -> dict[UUID, str]:
    """The German subject, or for invitations and news their kind and event."""
    events = await events_behind(found)
    return {one.id: _title(one, localized(events[one.id]).text if one.id in events else "") for one in found}


async def audiences_in_words(audiences: Collection[Audience]) -> dict[Audience, str]:
    """As in "Angemeldete: Lesen lernen (Warteliste; aus Herten)"; three statements at most."""
    names = await names_behind(audiences)
    return {one: _audience(one, names) for one in audiences}


async def names_behind(audiences: Collection[Audience]) -> dict[UUID, str]:
    """Of the events, series and programmes they name."""
    sources = {one.source for one in audiences}
    events = await titles_of({id for one in audiences if one.source == "events" for id in one.ids})
    names = {id: localized(title).text for id, title in events.items()}
    if "series" in sources:
        names |= {id: localized(title).text for id, title in await series_choices()}
    if sources & {"programme", "contacts"}:
        names |= {one.id: one.name for one in await programmes()}
    return names


def left_out_in_words(counts: Mapping[str, int]) -> list[str]:
    """As in "2 möchten keine Rundmails"; nothing for nobody."""
    sentences = {
        "opted_out": ngettext(
            "%(n)s Person möchte keine Rundmails", "%(n)s Personen möchten keine Rundmails", counts.get("opted_out", 0)
        ),
        "undeliverable": ngettext(
            "%(n)s Adresse nimmt keine Mails an", "%(n)s Adressen nehmen keine Mails an", counts.get("undeliverable", 0)
        ),
        "no_address": ngettext(
            "%(n)s Person hat keine E-Mail-Adresse",
            "%(n)s Personen haben keine E-Mail-Adresse",
            counts.get("no_address", 0),
        ),
    }
    return [sentence for why, sentence in sentences.items() if counts.get(why)]


def _title(one: MailingView, event: str) -> str:
    if one.kind == WRITTEN_BY_THE_OFFICE:
        return one.title or _("Noch ohne Betreff")
    return f"{kind_text(one.kind)}: {event}" if event else kind_text(one.kind)


def _audience(one: Audience, names: Mapping[UUID, str]) -> str:
    known = [names[id] for id in one.ids if id in names]
    if one.source == "contacts":
        who = _("Verteiler: %(names)s", names=", ".join(known))
    elif one.source == "events" and len(known) > 2:
        who = _("Angemeldete von %(n)s Veranstaltungen", n=len(known))
    else:
        who = _("Angemeldete: %(names)s", names=", ".join(known))
    narrowed = [part for part in _narrowings(one) if part]
    return f"{who} ({'; '.join(narrowed)})" if narrowed else who


def _narrowings(one: Audience) -> list[str]:
    statuses = [_(REGISTRATION_STATUSES.get(code, code)) for code in one.statuses]
    return [
        ", ".join(statuses) if one.source != "contacts" and one.statuses != ("confirmed",) else "",
        _("aus %(cities)s", cities=", ".join(one.cities)) if one.cities else "",
        ", ".join(_(ORGANISATION_KINDS.get(code, code)) for code in one.kinds),
        ", ".join(LANGUAGES[code].name if code in LANGUAGES else code for code in one.languages),
    ]
