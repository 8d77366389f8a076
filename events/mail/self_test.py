"""What is right and what is missing so that mails arrive, in plain German with the record to add. Pure: asks nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

from events.mail.dns_records import DnsFacts, Question, Records
from events.mail.server_probe import ServerFacts
from events.mail.smtp import Server

State = Literal["success", "info", "warning", "danger"]

UNASKED = "Das konnte nicht geprüft werden: Der Nameserver antwortet nicht."


@dataclass(frozen=True)
class Finding:
    """`record` is the line to add to the domain's zone; empty when nothing has to be added."""

    about: str
    state: State
    text: str
    record: str = ""


def server_findings(server: Server | None, facts: ServerFacts | None, folder: str) -> list[Finding]:
    """`folder`: where mails lie as files as long as no server is set."""
    if server is None or facts is None:
        text = f"Es ist kein Mailserver eingestellt (EVENTS_SMTP_URL). Mails liegen als Dateien im Ordner {folder}."
        return [Finding("Mailserver", "warning", text)]
    where = f"{server.host}, Anschluss {server.port}"
    if not facts.answers:
        return [Finding("Mailserver", "danger", f"{where} antwortet nicht: {facts.trouble}")]
    return [Finding("Mailserver", "success", f"{where} antwortet."), *_line(server, facts), *_entry(server, facts)]


def _line(server: Server, facts: ServerFacts) -> Iterator[Finding]:
    about = "Verschlüsselung"
    if facts.encrypted:
        yield Finding(about, "success", "Die Verbindung zum Mailserver ist verschlüsselt.")
    elif server.security != "smtp":
        yield Finding(about, "danger", f"Die Verbindung lässt sich nicht verschlüsseln: {facts.trouble}")
    elif _is_on_this_machine(server.host):
        yield Finding(about, "success", "Der Mailserver läuft auf diesem Rechner; da braucht es keine.")
    elif facts.can_encrypt:
        text = (
            "Die Verbindung ist nicht verschlüsselt, der Server könnte es aber: EVENTS_SMTP_URL mit smtp+starttls://."
        )
        yield Finding(about, "warning", text)
    else:
        yield Finding(about, "warning", "Die Verbindung ist nicht verschlüsselt, und der Server bietet es nicht an.")


def _entry(server: Server, facts: ServerFacts) -> Iterator[Finding]:
    about, ways = "Zugang zum Mailserver", ", ".join(way.upper() for way in facts.ways_in)
    if facts.let_in:
        yield Finding(about, "success", "Der Mailserver nimmt Benutzernamen und Passwort an.")
    elif facts.let_in is False:
        yield Finding(about, "danger", f"Der Mailserver lässt uns mit diesen Zugangsdaten nicht ein: {facts.trouble}")
    elif server.security == "smtp+starttls" and not facts.encrypted:
        return
    elif ways:
        text = f"Wir senden ohne Benutzernamen. Der Server kennt diese Arten der Anmeldung: {ways}."
        yield Finding(about, "info", text)
    else:
        yield Finding(about, "info", "Der Mailserver verlangt keinen Benutzernamen.")


def dns_findings(asked: Question, facts: DnsFacts, sender: str) -> list[Finding]:
    """`sender` is the mailbox our mails come from, whose domain was asked about."""
    return [
        _mx(asked, facts),
        _spf(asked, facts.texts),
        _dmarc(asked, facts, sender),
        _dkim(asked, facts.dkim),
        _site(asked.site, facts.site),
        *_server_names(asked, facts),
    ]


def _mx(asked: Question, facts: DnsFacts) -> Finding:
    about = f"Empfang von Antworten (MX von {asked.domain})"
    record = f"{asked.domain}. IN MX 10 {_public(asked.server) or f'mail.{asked.domain}'}."
    if facts.mx is None:
        return Finding(about, "info", UNASKED)
    if any(one.split()[-1] == "." for one in facts.mx):
        text = "Die Domain sagt, dass sie keine Mails annimmt. Antworten und Rückläufer gehen verloren."
        return Finding(about, "danger", text, record)
    if facts.mx:
        return Finding(about, "success", f"Antworten nimmt an: {', '.join(one.split()[-1] for one in facts.mx)}.")
    if facts.domain:
        text = "Es gibt keinen MX-Eintrag. Manche Server nehmen dann keine Mails von uns an."
        return Finding(about, "warning", text, record)
    text = "Es gibt keinen MX-Eintrag: Antworten kommen nicht an, und viele Server nehmen Mails von uns nicht an."
    return Finding(about, "danger", text, record)


def _spf(asked: Question, texts: Records) -> Finding:
    about = f"Wer für {asked.domain} senden darf (SPF)"
    host = _public(asked.server)
    record = f'{asked.domain}. IN TXT "v=spf1 mx {f"a:{host} " if host else ""}-all"'
    if texts is None:
        return Finding(about, "info", UNASKED)
    found = [one for one in texts if one.lower().split(" ")[0] == "v=spf1"]
    if not found:
        return Finding(about, "danger", "Der Eintrag fehlt. Viele Server halten unsere Mails dann für Spam.", record)
    if len(found) > 1:
        text = f"Es gibt {len(found)} Einträge, die mit v=spf1 beginnen. Dann gilt keiner: Lassen Sie nur einen stehen."
        return Finding(about, "danger", text)
    terms = found[0].lower().split()
    if {"+all", "all"} & set(terms):
        text = "Der Eintrag erlaubt allen, in unserem Namen zu senden. Am Ende muss -all oder ~all stehen."
        return Finding(about, "danger", text, f'{asked.domain}. IN TXT "{_without_all(found[0])} -all"')
    if not any(one.endswith("all") or one.startswith("redirect=") for one in terms):
        text = "Dem Eintrag fehlt das Ende: -all oder ~all."
        return Finding(about, "warning", text, f'{asked.domain}. IN TXT "{found[0]} -all"')
    text = f"Vorhanden: {found[0]}. Ob unser Mailserver darin genannt ist, zeigt die angekommene Testmail (spf=pass)."
    return Finding(about, "success", text)


def _dmarc(asked: Question, facts: DnsFacts, sender: str) -> Finding:
    about = f"Was mit Fälschungen geschieht (DMARC von {asked.domain})"
    record = f'_dmarc.{asked.domain}. IN TXT "v=DMARC1; p=none; rua=mailto:{sender}"'
    found = next(((at, own) for at, some in facts.dmarc if (own := _beginning(some, "v=dmarc1"))), None)
    if found is None:
        if any(some is None for _, some in facts.dmarc):
            return Finding(about, "info", UNASKED)
        return Finding(
            about, "danger", "Der Eintrag fehlt. Große Anbieter nehmen Mails an viele dann nicht an.", record
        )
    at, own = found
    policy = _tags(own[0]).get("p", "")
    if len(own) > 1 or policy not in ("none", "quarantine", "reject"):
        text = "Der Eintrag gilt nicht: Es darf nur einen geben, und p= muss none, quarantine oder reject sein."
        return Finding(about, "danger", text, record)
    where = "" if at == asked.domain else f" Er steht bei {at} und gilt auch hier."
    if policy == "none":
        text = f"Vorhanden, aber nur zum Beobachten (p=none). Später ist p=quarantine besser.{where}"
        return Finding(about, "success", text)
    return Finding(about, "success", f"Vorhanden (p={policy}).{where}")


def _dkim(asked: Question, found: Records) -> Finding:
    about = "Unterschrift des Mailservers (DKIM)"
    if not asked.selector:
        text = (
            "Der Mailserver unterschreibt, nicht dieses Programm. Senden Sie sich eine Testmail und öffnen Sie ihren "
            "Quelltext: Steht dort DKIM-Signature, dann ist der Teil hinter s= der Selektor. Tragen Sie ihn unten ein."
        )
        return Finding(about, "info", text)
    name = f"{asked.selector}._domainkey.{asked.domain}"
    record = f'{name}. IN TXT "v=DKIM1; k=rsa; p=<öffentlicher Schlüssel des Mailservers>"'
    if found is None:
        return Finding(about, "info", UNASKED)
    keys = [tags for one in found if "p" in (tags := _tags(one))]
    if not keys:
        return Finding(about, "danger", f"Zum Selektor {asked.selector} gibt es keinen Schlüssel.", record)
    if not keys[0]["p"]:
        return Finding(about, "danger", f"Der Schlüssel zum Selektor {asked.selector} ist zurückgezogen.", record)
    if "y" in keys[0].get("t", "").split(":"):
        return Finding(about, "warning", "Der Schlüssel ist nur zum Ausprobieren eingetragen (t=y).")
    return Finding(about, "success", f"Unter {name} steht ein Schlüssel.")


def _site(host: str, found: Records) -> Finding:
    about = f"Adresse der Website ({host})"
    if _is_on_this_machine(host) or "." not in host:
        text = "EVENTS_BASE_URL nennt nur diesen Rechner. Links in Mails öffnen sich so bei niemandem sonst."
        return Finding(about, "warning", text)
    if found is None:
        return Finding(about, "info", UNASKED)
    if not found:
        text = "Diesen Namen kennt niemand. Links in Mails öffnen sich nicht."
        return Finding(about, "danger", text, f"{host}. IN A <IP-Adresse dieses Servers>")
    return Finding(about, "success", f"Der Name führt zu {', '.join(found)}.")


def _server_names(asked: Question, facts: DnsFacts) -> Iterator[Finding]:
    """Only of a server of ours: a provider takes care of its own."""
    host = _public(asked.server)
    if not host or not _is_same_house(host, asked.domain):
        return
    about = f"Name zur Adresse des Mailservers (PTR von {host})"
    if facts.server is None:
        yield Finding(about, "info", UNASKED)
    for address, names in facts.server_names:
        if names is None:
            yield Finding(about, "info", UNASKED)
        elif host.lower() in {one.lower() for one in names}:
            yield Finding(about, "success", f"{address} führt zurück zu {host}.")
        else:
            text = (
                f"{address} führt zu {', '.join(names) or 'keinem Namen'}. Viele Server nehmen von dort keine Mails an."
            )
            record = f"{ip_address(address).reverse_pointer}. IN PTR {host}."
            yield Finding(about, "warning", f"{text} Den Eintrag macht, wer die Leitung stellt.", record)


def _beginning(found: Records, start: str) -> list[str]:
    return [one for one in found or () if one.lower().replace(" ", "").startswith(start)]


def _tags(text: str) -> dict[str, str]:
    """As in `v=DKIM1; k=rsa; p=…`."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, sign, value in pairs if sign}


def _without_all(record: str) -> str:
    return " ".join(one for one in record.split() if one.lower() not in ("+all", "all"))


def _public(host: str) -> str:
    """The host as a name others can look up; empty when it is none."""
    return "" if _is_on_this_machine(host) or "." not in host or _is_address(host) else host


def _is_on_this_machine(host: str) -> bool:
    return (
        host in ("localhost", "") or host.endswith(".localhost") or (_is_address(host) and ip_address(host).is_loopback)
    )


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_same_house(host: str, domain: str) -> bool:
    return host.split(".")[-2:] == domain.split(".")[-2:]
