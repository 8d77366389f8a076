"""Why a mailing was not changed, started or stopped, in words only the team reads; part of `wording`."""

from events.kit.translation import N_

REFUSALS = {
    "mailing_frozen": N_("Diese Rundmail ist schon unterwegs. Sie lässt sich nicht mehr ändern oder löschen."),
    "nothing_written": N_("Diese Rundmail hat noch keinen deutschen Text."),
    "nobody_to_write_to": N_("Zu dieser Auswahl gibt es niemanden, dem wir schreiben können."),
    "recipients_changed": N_("Inzwischen sind es %(n)s Adressen. Es ist noch nichts verschickt."),
    "mailing_not_started": N_("Diese Rundmail ist noch ein Entwurf."),
    "mailing_stopped": N_("Diese Rundmail ist abgebrochen. Was noch nicht verschickt war, wird nicht mehr verschickt."),
    "mailing_over": N_("Alle Mails sind schon verschickt."),
    "news_not_stoppable": N_("Diese Nachricht lässt sich nicht abbrechen: Die Menschen verlassen sich darauf."),
}

NEXT_STEPS = {
    "mailing_frozen": N_("Halten Sie sie an, wenn etwas nicht stimmt, und schreiben Sie eine neue."),
    "nothing_written": N_("Bitte schreiben Sie zuerst den Text."),
    "nobody_to_write_to": N_("Bitte wählen Sie andere Empfänger:innen."),
    "recipients_changed": N_("Bitte prüfen Sie die Zahl und senden Sie noch einmal."),
    "mailing_not_started": N_("Öffnen Sie den Entwurf, um ihn zu senden oder zu löschen."),
    "mailing_stopped": N_("Schreiben Sie bitte eine neue Rundmail."),
    "news_not_stoppable": N_("Sie können den Versand anhalten und später fortsetzen."),
}
