"""Why something about the evidence was refused, in words people see. German; translated when shown."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

KINDS = {"closing": N_("Abschluss"), "correction": N_("Berichtigung")}

ORIGINS = {"list": N_("Unterschriebene Liste"), "count": N_("Zählung"), "estimate": N_("Schätzung")}

MEASURES = {
    "": N_("Nichts: nur, was eingetragen wird"),
    "dates": N_("Jeder abgeschlossene Termin zählt als einer"),
    "events": N_("Jede Veranstaltung zählt als einer"),
    "units": N_("Anrechenbare Unterrichtseinheiten zu 45 Minuten"),
    "hours": N_("Anrechenbare Stunden zu 60 Minuten"),
}

COUNTED_IN = {"": "", "units": N_("Unterrichtseinheiten"), "hours": N_("Stunden")}

NUMBERS = {"applied": N_("Beantragt"), "approved": N_("Bewilligt"), "carried_out": N_("Umgesetzt")}

FINDINGS = {
    "without_mark": N_("Ohne Angabe auf der Liste: %(n)s. Wer ohne Angabe ist, zählt als nicht gekommen."),
    "nobody_came": N_(
        "Niemand ist als anwesend eingetragen, und niemand wurde gezählt. Der Termin zählt dann 0 Personen."
    ),
    "fewer_counted": N_(
        "Im Raum wurden %(everyone)s gezählt, mit Liste und Zusatzzählung sind es %(sum)s. Es gilt die höhere Zahl."
    ),
    "more_counted": N_("Im Raum wurden %(everyone)s gezählt, auf der Liste sind %(named)s da: %(n)s ohne Namen."),
    "beside_list": N_("Auf der Liste sind %(named)s da, zusätzlich wurden %(additional)s gezählt: zusammen %(sum)s."),
    "both_scopes": N_(
        "Gezählt wurde doppelt: %(everyone)s im Raum und %(additional)s zusätzlich zur Liste. Es gilt die höhere Zahl."
    ),
    "people_not_total": N_(
        "Zählstelle „%(station)s“: insgesamt %(total)s, Frauen, Männer und Kinder zusammen %(people)s."
    ),
    "rooms_counted": N_(
        "An %(n)s Stellen wurden „alle im Raum“ gezählt; sie werden zusammengezählt. Waren es dieselben Menschen, "
        "setzen Sie eine der Zählungen auf 0."
    ),
    "several_stations": N_("Gezählt wurde an %(n)s Stellen; sie werden zusammengezählt."),
    "people_not_counted": N_("Frauen, Männer und Kinder wurden nicht gezählt."),
    "language_not_counted": N_("Sprachen wurden nicht gezählt."),
}
"""What the checklist before closing says, by `checklist.Finding.code`."""

REFUSALS = {
    "explanation_missing": N_("Die Zahlen passen nicht zusammen. Bitte schreiben Sie dazu, wie es kommt."),
    "correction_without_reason": N_("Bitte schreiben Sie in einem Satz, warum berichtigt wird."),
    "already_closed": N_("Der Termin ist schon abgeschlossen."),
    "counted_already": N_(
        "Der Termin ist abgeschlossen: Er bleibt so, wie er gezählt wurde. Zahlen ändern Sie mit einer Berichtigung."
    ),
    "event_called_off": N_("Die Veranstaltung wurde abgesagt. Für sie gibt es keinen Leistungsnachweis."),
    "date_did_not_take_place": N_("Der Termin ist ausgefallen. Für ihn gibt es keinen Leistungsnachweis."),
    "date_not_over": N_("Der Termin ist noch nicht vorbei."),
    "impossible_minutes": N_("%(minutes)s Minuten können nicht stimmen. Möglich sind 0 bis %(most)s Minuten."),
    "not_closed": N_("Der Termin ist noch nicht abgeschlossen."),
    "nothing_to_correct": N_("Seit dem letzten Stand hat sich nichts geändert."),
    "impossible_year": N_("Das Jahr %(year)s kann nicht stimmen."),
    "impossible_units": N_("Die Zahl %(number)s kann nicht stimmen. Möglich sind 0 bis %(most)s."),
    "no_funding": N_("Es fehlt das Förderprogramm."),
    "no_unit": N_("Es fehlt, welche Bausteine gemeint sind."),
    "no_comparison": N_("Es fehlt der Vergleichsraum oder die Angabe selbst."),
    "entry_too_long": N_("Ein Text ist zu lang."),
    "year_is_signed": N_("Dieses Jahr ist abgeschlossen. Ändern geht nur noch mit einer Berichtigung."),
    "year_not_signed": N_("Dieses Jahr ist noch nicht abgeschlossen. Bitte ändern Sie die Zahl selbst."),
    "year_not_begun": N_("Das Jahr %(year)s hat noch nicht begonnen."),
    "no_units": N_("Für dieses Jahr ist nichts eingetragen."),
    "unit_is_there": N_("Diesen Baustein mit diesem Empfänger und Ort gibt es in dem Jahr schon."),
    "unit_changed": N_("Inzwischen hat jemand anderes diesen Baustein geändert. Bitte prüfen Sie die Zahlen unten."),
    "units_changed": N_("Inzwischen haben sich Zahlen geändert. Bitte prüfen Sie noch einmal."),
    "unknown_measure": N_("So zählen unsere Termine nicht. Bitte wählen Sie aus der Liste."),
    "no_change": N_("Bitte sagen Sie, welche Zahl sich um wie viel ändert."),
    "fewer_than_none": N_("Weniger als null geht nicht."),
    "held_in_the_future": N_("Nachtragen lässt sich nur, was schon stattgefunden hat."),
    "nothing_counted": N_("Bitte tragen Sie mindestens eine Zahl ein."),
}

NEXT_STEPS = {
    "already_closed": N_("Was sich danach geändert hat, tragen Sie als Korrektur nach."),
    "date_not_over": N_("Bitte schließen Sie ihn nach seinem Ende ab."),
    "not_closed": N_("Bitte schließen Sie ihn zuerst ab."),
    "nothing_to_correct": N_("Bitte tragen Sie zuerst die fehlenden Angaben in der Anwesenheitsliste nach."),
}


refusal_text = partial(say, REFUSALS)
next_step = partial(say, NEXT_STEPS)
