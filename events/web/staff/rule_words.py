"""The rules of an event that differ from its programme, in words of the team."""

from collections.abc import Callable, Mapping

from events.attendance.wording import DIMENSIONS
from events.kit.translation import N_, ngettext
from events.kit.translation import gettext as _

HOURS_OF_A_DAY = 24


def _yes_or_no(value: object) -> str:
    return _("Ja") if value else _("Nein")


def _one_of(**words: str) -> Callable[[object], str]:
    return lambda value: _(words[str(value)]) if str(value) in words else str(value)


def _before(value: object) -> str:
    """Stored in hours, said in days where they are whole."""
    hours = int(str(value))
    if hours % HOURS_OF_A_DAY:
        return ngettext("%(n)s Stunde vor dem Beginn", "%(n)s Stunden vor dem Beginn", hours)
    days = hours // HOURS_OF_A_DAY
    return ngettext("%(n)s Tag vor dem Beginn", "%(n)s Tage vor dem Beginn", days) if days else _("zum Beginn")


def _until(value: object) -> str:
    hours = int(str(value))
    if not hours:
        return _("bis zum Beginn")
    return ngettext("bis %(n)s Stunde vor dem Beginn", "bis %(n)s Stunden vor dem Beginn", hours)


def _days(value: object) -> str:
    days = int(str(value))
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("%(n)s Jahr", "%(n)s Jahre", years)
    return ngettext("%(n)s Tag", "%(n)s Tage", days)


def _counted_by(value: object) -> str:
    codes = value if isinstance(value, list | tuple) else ()
    return ", ".join(_(DIMENSIONS[code]) for code in codes if code in DIMENSIONS) or _("nichts einzeln")


def _minimum(value: object) -> str:
    number = int(str(value or 0))
    return ngettext("%(n)s Platz", "%(n)s Plätze", number) if number else _("Keine")


RULES: Mapping[str, tuple[str, Callable[[object], str]]] = {
    "visibility": (N_("Sichtbar"), _one_of(
        public=N_("öffentlich in Liste und Kalender"), invited_only=N_("nur mit Einladung"),
        hidden=N_("nur mit der Adresse der Seite"),
    )),
    "sign_up": (N_("Mit Anmeldung"), _yes_or_no),
    "needs_email": (N_("E-Mail-Adresse nötig"), _yes_or_no),
    "waiting_list": (N_("Warteliste"), _one_of(
        direct=N_("Freie Plätze gehen an die nächste Person."), offer=N_("Freie Plätze werden mit Frist angeboten."),
        off=N_("Keine"),
    )),
    "cut_off_hours": (N_("Nachrücken"), _until),
    "max_party": (N_("Personen ohne Namen je Anmeldung"), str),
    "max_people": (N_("Personen mit Namen je Anmeldung"), str),
    "sign_up_until_hours": (N_("Anmeldeschluss"), _before),
    "cancel_until_hours": (N_("Absagen möglich bis"), _before),
    "keep_days": (N_("Namen und Kontakte bleiben nach dem letzten Termin"), _days),
    "approval": (N_("Anmeldungen prüfen"), _yes_or_no),
    "request_holds_place": (N_("Ungeprüfte Anmeldung hält einen Platz"), _yes_or_no),
    "agreement": (N_("Kooperationsvereinbarung"), _one_of(
        not_needed=N_("Keine nötig"), in_preparation=N_("Nötig, darf noch in Vorbereitung sein"),
        required=N_("Nötig, sonst entscheidet das Team"),
    )),
    "minimum": (N_("Mindestens belegt"), _minimum),
    "decide_minimum_hours": (N_("Entscheidung, ob sie stattfindet"), _before),
    "certificate": (N_("Teilnahmebescheinigung"), _one_of(
        none=N_("Keine"), all=N_("für alle Termine"),
        dates=N_("ab so vielen Terminen"), minutes=N_("ab so vielen Minuten"),
    )),
    "certificate_least": (N_("Dafür nötig"), str),
    "certificate_excused": (N_("Entschuldigte Termine zählen für die Bescheinigung"), _yes_or_no),
    "certificate_across_runs": (N_("Gefehltes lässt sich nachholen"), _yes_or_no),
    "group_report_months": (N_("Gruppen melden sich nach so vielen Monaten"), str),
    "feedback": (N_("Rückmeldung erbeten"), _yes_or_no),
    "dimensions": (N_("Köpfe zählen nach"), _counted_by),
}  # fmt: skip


def rules_in_words(own: Mapping[str, object]) -> list[tuple[str, str]]:
    """Label and value of each rule the event has of its own; what nobody can set on a page is left out."""
    return [(_(label), words(own[name])) for name, (label, words) in RULES.items() if own.get(name) is not None]
