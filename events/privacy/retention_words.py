"""What is due, and what was erased, in words for the office. Numbers only."""

from collections.abc import Iterator, Mapping

from events.kit.translation import N_, ngettext
from events.kit.translation import gettext as _
from events.privacy.clock_work import Erased
from events.privacy.retention import Due

WHY_DUE = {
    "never_confirmed": N_("nie bestätigt, seit sieben Tagen"),
    "given_up": N_("abgesagt oder abgelehnt, seit vierzehn Tagen"),
    "over": N_("die Frist nach der letzten Veranstaltung ist vorbei"),
}

BY_AGE = {
    "partner_contacts": N_("Ansprechpersonen von Kooperationspartnern"),
    "institution_contacts": N_("Ansprechpersonen von Organisationen"),
    "outcome_contacts": N_("Ansprechpersonen zu Handlungsschritten"),
    "scans": N_("Unterschriebene Listen"),
    "agreement_files": N_("Dateien zu Vereinbarungen"),
    "former_staff": N_("Zugänge, die niemand mehr nutzt"),
    "feedback_texts": N_("Eigene Worte in Rückmeldungen"),
    "voices": N_("Adressen zu Themenwünschen"),
    "bad_addresses": N_("Adressen, die keine Mail annahmen"),
    "mails": N_("Anlässe alter Mails, mit allen Vermerken"),
    "sent_entries": N_("Vermerke über gesendete Kalendereinträge"),
    "history": N_("Zeilen des Verlaufs"),
}


AFTER = {
    "partner_contacts": N_("mit den Namen der Veranstaltung"),
    "institution_contacts": N_("zwei Jahre nach der letzten Zusammenarbeit"),
    "outcome_contacts": N_("zwei Jahre, nachdem der Schritt erledigt oder verworfen wurde"),
    "scans": N_("nach dem Tag, der bei der Datei steht"),
    "agreement_files": N_("zehn Jahre nach dem Ende der Vereinbarung"),
    "former_staff": N_("Leitungen nach zwei Jahren ohne Veranstaltung, gesperrte Zugänge nach drei Jahren"),
    "feedback_texts": N_("zwei Jahre nach dem Ende der Befragung"),
    "voices": N_("nach zwei Jahren"),
    "bad_addresses": N_("nach einem Jahr"),
    "mails": N_("nach einem Jahr"),
    "sent_entries": N_("ein Jahr nach dem Termin"),
    "history": N_("nach zehn Jahren"),
}
"""When; the spans themselves are where the names of `by_age` are found."""


def in_words(found: Due) -> Iterator[str]:
    """One line for each reason; at least one."""
    for why, number in sorted(found.by_reason.items()):
        people = ngettext("%(n)s Person", "%(n)s Personen", number)
        yield f"{people}: {_(WHY_DUE[why])}"
    if found.needs:
        yield ngettext(
            "Erbetene Unterstützung von %(n)s Person", "Erbetene Unterstützung von %(n)s Personen", len(found.needs)
        )
    if found.answers:
        yield ngettext("%(n)s Antwort auf eine Frage", "%(n)s Antworten auf Fragen", len(found.answers))
    beside = found.beside
    yield from _some(
        _people_invited(len(beside.invitations)),
        _walked_in(len(beside.walk_ins)),
        _notes(len(beside.notes)),
    )
    yield from by_age_in_words({name: len(keys) for name, keys in found.by_age.items()})
    yield from _waiting(sum(found.waiting.values()))
    if found.is_nothing:
        yield _("Zurzeit ist nichts fällig.")


def done_in_words(erased: Erased) -> Iterator[str]:
    parts = (
        ngettext("%(n)s Person", "%(n)s Personen", erased.people),
        ngettext("Unterstützung von %(n)s Person", "Unterstützung von %(n)s Personen", erased.needs),
        ngettext("%(n)s Antwort", "%(n)s Antworten", erased.answers),
        *_some(_people_invited(erased.invitations), _walked_in(erased.walk_ins), _notes(erased.notes)),
    )
    yield _("Gelöscht: %(parts)s.", parts=", ".join(parts))
    yield from by_age_in_words(erased.by_age)
    yield from _waiting(erased.waiting)


def by_age_in_words(numbers: Mapping[str, int]) -> Iterator[str]:
    return (f"{_(BY_AGE[name])}: {number}" for name, number in numbers.items())


def _people_invited(number: int) -> str:
    return ngettext("%(n)s Einladung", "%(n)s Einladungen", number) if number else ""


def _walked_in(number: int) -> str:
    return (
        ngettext(
            "Name und Herkunft von %(n)s Person ohne Anmeldung",
            "Name und Herkunft von %(n)s Personen ohne Anmeldung",
            number,
        )
        if number
        else ""
    )


def _notes(number: int) -> str:
    return ngettext("%(n)s Notiz zu einem Termin", "%(n)s Notizen zu Terminen", number) if number else ""


def _some(*said: str) -> Iterator[str]:
    return (one for one in said if one)


def _waiting(number: int) -> Iterator[str]:
    if number:
        yield ngettext(
            "%(n)s Person wartet: Ihre Teilnahme ist noch nicht gezählt. Bitte den Termin abschließen.",
            "%(n)s Personen warten: Ihre Teilnahme ist noch nicht gezählt. Bitte die Termine abschließen.",
            number,
        )
