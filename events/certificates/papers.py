"""Certificates as PDF: what stands on them, one file each or all in one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from events.certificates.views import CertificateView
from events.kit.documents import pdf, pdfs, qr_code
from events.kit.translation import SOURCE, day, localized, ngettext, speaking
from events.kit.translation import gettext as _
from events.office.queries import office
from events.office.views import OfficeView
from events.programme.rules import teaching_units
from events.settings import settings


async def paper(one: CertificateView) -> bytes:
    """The PDF of one certificate. Raises CannotPrint."""
    return (await papers([one]))[0]


async def papers(certificates: Sequence[CertificateView]) -> list[bytes]:
    """A file for each, in their order, made in one go."""
    sender = await office()
    return await pdfs("certificate", [_data([one], sender) for one in certificates])


async def one_file(certificates: Sequence[CertificateView]) -> bytes:
    """All of them, each on a page of its own, to be printed."""
    return await pdf("certificate", _data(certificates, await office()))


def proof_address(number: str) -> str:
    return f"{settings().base_url}/bescheinigung/{number}"


def _data(certificates: Sequence[CertificateView], sender: OfficeView) -> dict[str, Any]:
    with speaking(SOURCE):
        return {
            "lang": SOURCE,
            "title": _("Teilnahmebescheinigung"),
            "office": sender.name,
            "office_lines": [sender.street, sender.postcode_and_town],
            "certificates": [_page(one, sender) for one in certificates],
        }


def _page(one: CertificateView, sender: OfficeView) -> dict[str, Any]:
    facts = one.facts
    return {
        "name": one.name,
        "event": localized(facts["title"], SOURCE).text,
        "programme": facts["programme"],
        "rows": [row for row in _rows(facts) if row[1]],
        "excused": excused_in_words(facts),
        "issued": _("%(place)s, %(day)s", place=_town(sender), day=day(one.issued_at)),
        "number": one.grouped_number,
        "address": proof_address(one.number),
        "qr": qr_code(proof_address(one.number)),
        "other": _in_their_language(one),
    }


def _rows(facts: Any) -> list[tuple[str, str]]:
    attended = [one for one in facts["dates"] if one["how"] != "excused"]
    days = [day(date.fromisoformat(one["day"])) for one in attended]
    return [
        (_("Termin") if len(days) == 1 else _("Termine"), "\n".join(days)),
        (_("Ort"), facts["place"]),
        (_("Umfang"), extent_in_words(facts["minutes"])),
        (_("Gefördert durch"), facts["funding"]),
    ]


def extent_in_words(minutes: int) -> str:
    """Teaching units of 45 minutes on two places, as in reports; in the current language."""
    units = teaching_units(minutes)
    number = f"{float(units):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return (
        _("%(n)s Unterrichtseinheiten zu 45 Minuten", n=number)
        if units != 1
        else _("1 Unterrichtseinheit zu 45 Minuten")
    )


def excused_in_words(facts: Any) -> str:
    """Which dates of how many, where some are missing; empty where all were attended."""
    attended = sum(one["how"] != "excused" for one in facts["dates"])
    excused = len(facts["dates"]) - attended
    if attended == facts["of"]:
        return ""
    of_all = _("Besucht: %(found)s von %(all)s Terminen", found=attended, all=facts["of"])
    if not excused:
        return f"{of_all}."
    return f"{of_all}, " + ngettext("an einem entschuldigt.", "an %(n)s entschuldigt.", excused)


def _in_their_language(one: CertificateView) -> dict[str, str] | None:
    if one.language == SOURCE:
        return None
    with speaking(one.language):
        title, sentence = _("Teilnahmebescheinigung"), _("hat teilgenommen an")
    return {"lang": one.language, "title": title, "sentence": sentence}


def _town(sender: OfficeView) -> str:
    return sender.postcode_and_town.partition(" ")[2] or sender.postcode_and_town
