"""What a mail of ours says, read back from its bytes for the office: subject and text, without personal links."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy

from events.kit.translation import SOURCE

# What follows these opens somebody's own page; whoever reads the outbox is not that person.
_PERSONAL_LINK = re.compile(
    r"(https?://\S+?/(?:anmeldung|bescheid|einladung|abmelden|verteiler|kalender/persoenlich|zugang|kennwort|"
    r"partner|einrichtung|feedback|themenwuensche)/)"
    r"[^\s/?#]{20,}\S*"
)


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    language: str
    hides_links: bool


def letter_in(content: bytes) -> Letter:
    """The text part is complete: HTML says the same."""
    message = message_from_bytes(content, policy=policy.default)
    part = message.get_body(("plain",))
    text = str(part.get_content()) if part is not None else ""
    shown, hidden = _PERSONAL_LINK.subn(r"\1…", text.replace("\r\n", "\n"))
    language = str(message["Content-Language"] or SOURCE)
    return Letter(str(message["Subject"] or ""), shown.strip(), language, hides_links=hidden > 0)
