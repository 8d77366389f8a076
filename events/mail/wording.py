"""States of mails and refusals in words people see."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_, gettext

STATUSES = {
    "queued": N_("wartet auf den Versand"),
    "sent": N_("gesendet"),
    "failed": N_("nicht zugestellt"),
    "held": N_("zurückgehalten"),
}

REASONS = {
    "bad_address": N_("Die Adresse nimmt keine Mails an."),
    "too_late": N_("Zu spät: Die Mail hätte niemandem mehr genützt und wurde nicht gesendet."),
    "gave_up": N_("Drei Tage lang versucht, nicht gelungen."),
    "unknown_outcome": N_("Die Verbindung brach ab. Vielleicht ist die Mail schon angekommen. Bitte entscheiden Sie."),
    "discarded": N_("Von Hand verworfen."),
}

REFUSALS = {
    "mail_not_resendable": N_("Diese Mail ist schon gesendet oder wartet noch auf den Versand."),
    "mail_erased": N_("Der Inhalt dieser Mail ist schon gelöscht."),
    "mail_too_late": N_("Diese Mail nützt niemandem mehr: Der Zeitpunkt ist vorbei."),
    "mail_not_held": N_("Diese Mail wird nicht zurückgehalten."),
}


def status_text(status: str) -> str:
    return gettext(STATUSES[status])


def reason_text(reason: str) -> str:
    """Why a mail failed or is held; empty for one that did not."""
    return gettext(REASONS[reason]) if reason else ""


refusal_text = partial(say, REFUSALS)
