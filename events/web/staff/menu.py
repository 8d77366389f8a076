"""The menu behind the sign-in: what belongs together stands behind one word, and each role sees what it may open."""

from collections.abc import Iterator
from dataclasses import dataclass

from events.accounts.rules import Permission, may, sees_only_own_events
from events.kit.translation import N_


@dataclass(frozen=True)
class Entry:
    """`beneath`: how the addresses begin that belong to the page too; those under its own unless others are named."""

    path: str
    text: str
    permission: Permission = "read"
    beneath: tuple[str, ...] = ()

    @property
    def covers(self) -> tuple[str, ...]:
        return self.beneath or (self.path + "/",)


@dataclass(frozen=True)
class Group:
    """Leads to its first page. With more than one they stand in a second row while one of them is open."""

    text: str
    entries: tuple[Entry, ...]


OWN_DATES = Group(N_("Meine Termine"), (Entry("/team/termine", N_("Meine Termine"), beneath=("/team/vertretung",)),))

MENU = (
    Group(N_("Heute"), (Entry("/team/", N_("Heute"), beneath=("/team/anrufe",)),)),
    Group(
        N_("Veranstaltungen"),
        (
            Entry(
                "/team/veranstaltungen",
                N_("Veranstaltungen"),
                beneath=("/team/veranstaltungen/", "/team/termine/", "/team/verlauf/"),
            ),
            Entry("/team/reihen", N_("Reihen"), "read_figures"),
            Entry("/team/programme", N_("Programme"), "read_figures"),
            Entry("/team/orte", N_("Orte"), "read_figures"),
            Entry("/team/personen", N_("Personen"), "read_people"),
            Entry("/team/themenwuensche", N_("Themenwünsche"), "read_figures"),
            Entry("/team/anwesenheit/", N_("Anwesenheit"), "record_attendance", beneath=("/team/anwesenheit/",)),
        ),
    ),
    Group(
        N_("Mails"),
        (
            Entry("/team/rundmails", N_("Rundmails"), "handle_mails"),
            Entry("/team/verteiler", N_("Verteiler"), "handle_mails"),
            Entry("/team/postausgang", N_("Postausgang"), "handle_mails"),
            Entry("/team/mailtexte", N_("Mailtexte"), "handle_mails"),
        ),
    ),
    Group(
        N_("Partner"),
        (
            Entry("/team/organisationen", N_("Organisationen"), "read_organisations"),
            Entry("/team/vereinbarungen", N_("Vereinbarungen"), "read_organisations"),
            Entry("/team/gruppen", N_("Gruppen"), "read_organisations"),
        ),
    ),
    Group(
        N_("Auswertung"),
        (
            Entry("/team/auswertung", N_("Zahlen"), "read_figures", ("/team/auswertung/", "/team/nachtragen")),
            Entry("/team/bausteine", N_("Bausteine"), "read_figures"),
            Entry("/team/feedback", N_("Rückmeldungen"), "read_figures", ("/team/feedback/",)),
            Entry("/team/ergebnisse", N_("Ergebnisse"), "read_figures"),
        ),
    ),
    Group(
        N_("Verwaltung"),
        (
            Entry("/team/einstellungen", N_("Einstellungen"), "set_up"),
            Entry("/team/datenschutz", N_("Datenschutz"), "set_up"),
            Entry("/team/zugaenge", N_("Zugänge"), "manage_staff"),
            Entry("/team/protokoll", N_("Protokoll"), "manage_staff"),
        ),
    ),
    Group(N_("Kalender"), (Entry("/team/kalender", N_("Kalender")),)),
)


def menu(role: str) -> Iterator[Group]:
    """What this role may open."""
    for group in (*MENU[:2], *([OWN_DATES] if sees_only_own_events(role) else []), *MENU[2:]):
        entries = tuple(one for one in group.entries if may(role, one.permission))
        if entries:
            yield Group(group.text, entries)
