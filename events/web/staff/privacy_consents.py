"""Who agreed to hear from us, to which text, when and how, and who took it back; to read and as a file."""

import csv
from collections import Counter
from collections.abc import Iterable
from io import StringIO
from typing import Annotated

from litestar import Response, get
from litestar.params import FromQuery, QueryParameter

from events.contacts.consent_log import LoggedConsent, consent_log
from events.contacts.wording import CONSENT, CONSENT_VERSION, WAYS
from events.kit.clock import BERLIN
from events.kit.text import csv_safe
from events.kit.translation import N_
from events.kit.translation import gettext as _
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import staff_page
from events.web.staff.paging import page_of

PATH = "/team/datenschutz/einwilligungen"
FILE = "einwilligungen.csv"
SAID = {True: N_("zugestimmt"), False: N_("zurückgenommen")}
KINDS = {"gegeben": True, "zurueck": False}
COLUMNS = (N_("Wann"), N_("Was"), N_("Wie"), N_("Fassung des Textes"), N_("E-Mail-Adresse"), N_("Name"))
Text = Annotated[str, QueryParameter(max_length=60)]


@get(PATH, guards=[needs("set_up")])
async def list_consents(staff: SignedIn, seite: FromQuery[int] = 1, was: Text = "") -> Response[bytes]:
    everything = await consent_log()
    return staff_page(
        "staff/privacy/consents.html",
        staff,
        found=page_of([one for one in everything if KINDS.get(was, one.given) == one.given], seite),
        tabs=[("", _("alle"), len(everything)), *_tabs(everything)],
        kind=was if was in KINDS else "",
        versions=_versions(everything),
        said=SAID,
        ways=WAYS,
    )


@get(f"{PATH}.csv", guards=[needs("set_up")])
async def download_consents() -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{FILE}"'}
    return Response(_as_csv(await consent_log()), media_type="text/csv", headers=headers)


def _tabs(everything: list[LoggedConsent]) -> list[tuple[str, str, int]]:
    """Code, text and number."""
    return [(code, _(SAID[given]), sum(one.given == given for one in everything)) for code, given in KINDS.items()]


def _versions(everything: list[LoggedConsent]) -> list[tuple[str, str, int]]:
    """Which texts were agreed to, with the sentence where it is the one of today, and how often."""
    counted = Counter(one.text_version for one in everything if one.given)
    return [
        (version or _("ohne Fassung, auf Papier"), _(CONSENT) if version == CONSENT_VERSION else "", counted[version])
        for version in sorted({CONSENT_VERSION, *counted}, reverse=True)
    ]


def _as_csv(found: Iterable[LoggedConsent]) -> bytes:
    """With byte order mark and semicolons, as German spreadsheets open it by a double click."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(csv_safe(_(heading)) for heading in COLUMNS)
    for one in found:
        moment = one.at.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M")
        cells = (moment, _(SAID[one.given]), _(WAYS[one.way]), one.text_version, one.email, one.name)
        writer.writerow(map(csv_safe, cells))
    return text.getvalue().encode("utf-8-sig")


handlers = (team(list_consents, download_consents),)
