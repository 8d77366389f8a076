"""Why nothing was backed up, restored or moved, in words for whoever runs the machine."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

REFUSALS = {
    "came_out_different": N_(
        "Die Tabelle %(table)s kam nicht so an, wie sie war. Es wurde nichts übernommen. Bitte melden Sie das."
    ),
    "damaged": N_("Die Sicherung ist beschädigt: Ihr Inhalt passt nicht zu den Prüfsummen. Es wurde nichts geändert."),
    "exists": N_("%(path)s gibt es schon und wird nicht überschrieben."),
    "from_newer_program": N_(
        "Die Daten stammen aus einer neueren Fassung des Programms. Bitte erst das Programm aktualisieren."
    ),
    "never_migrated": N_("Darin ist keine Datenbank von Teilnahme. Stimmt EVENTS_DATA oder EVENTS_DATABASE_URL?"),
    "no_tombstones": N_(
        "Der Ordner %(folder)s fehlt. In ihm steht, wer seit der Sicherung gelöscht wurde; ohne ihn kämen diese "
        "Menschen zurück. Bitte legen Sie den Ordner der bisherigen Installation dorthin. Es wurde nichts geändert."
    ),
    "not_a_backup": N_("Diese Datei ist keine Sicherung von Teilnahme, oder ihr Ende fehlt."),
    "not_empty": N_(
        "In der Datenbank stehen schon Daten. `events move` braucht eine leere; "
        "`events restore` legt sie mit --replace beiseite."
    ),
    "not_ours": N_("In dieser Datenbank stehen Tabellen eines anderen Programms. Teilnahme braucht eine eigene."),
    "not_to_postgres": N_(
        "Bitte nennen Sie mit EVENTS_DATABASE_URL die leere PostgreSQL-Datenbank, in die umgezogen wird."
    ),
    "not_writable": N_("In den Ordner %(path)s lässt sich nicht schreiben."),
    "old_tombstones": N_(
        "In %(folder)s fehlen Menschen, die schon gelöscht waren, als die Sicherung entstand: Der Stand ist zu alt. "
        "Bitte legen Sie den neuesten dorthin. Es wurde nichts geändert."
    ),
    "other_key": N_(
        "EVENTS_SECRET_KEY ist nicht der bisherige Schlüssel; verschickte Links öffneten danach nichts mehr. "
        "Bitte setzen Sie EVENTS_SECRET_KEY auf den Inhalt von %(path)s."
    ),
    "other_layout": N_(
        "Die Tabellen der Daten passen nicht zu denen dieses Programms, obwohl beide denselben Stand nennen. "
        "Es wurde nichts übernommen. Bitte melden Sie das."
    ),
    "proof_failed": N_(
        "Die Sicherung ist geschrieben, aber die Probe ist misslungen: %(said)s Bitte heben Sie ältere Sicherungen auf."
    ),
    "still_running": N_("Der Dienst läuft noch. Bitte halten Sie ihn an (auch `events worker`), dann noch einmal."),
    "unfinished": N_(
        "Ein Zurückholen wurde unterbrochen. Bitte noch einmal `events restore DATEI --replace`, "
        "bevor der Dienst startet."
    ),
    "unreadable": N_("%(path)s lässt sich nicht lesen."),
}


refusal_text = partial(say, REFUSALS)
