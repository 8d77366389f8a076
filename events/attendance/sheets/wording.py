"""Words about lists on paper: kinds, sources and refusals. German."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

KINDS = {
    "liste": N_("Mit den Namen der Angemeldeten"),
    "leer": N_("Ohne Namen, nur leere Zeilen"),
    "zaehlbogen": N_("Zählbogen: Köpfe zählen, keine Namen"),
}

ORIGINS = {
    "signed": N_("Unterschriebene Liste"),
    "counted": N_("Zählung vor Ort"),
    "told": N_("Telefon oder E-Mail"),
}
"""What the office captures later from."""

REFUSALS = {
    "kept_until_past": N_("Dieser Tag ist schon vorbei."),
    "scan_kept_too_long": N_("So lange dürfen wir die Liste nicht aufbewahren. Möglich ist höchstens der %(latest)s."),
    "paper_of_the_future": N_("Das liegt in der Zukunft."),
    "paper_before_date": N_("Das war vor dem Beginn des Termins."),
    "too_many_scans": N_("Zu diesem Termin liegen schon %(most)s Dateien. Bitte entfernen Sie erst eine."),
}

refusal_text = partial(say, REFUSALS)
