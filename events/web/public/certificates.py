"""Is this certificate genuine? The number says what was certified, and whether a name belongs to it."""

import hmac
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from events.accounts.throttle import too_many_of
from events.certificates.numbers import name_check, read_number
from events.certificates.papers import extent_in_words, paper
from events.certificates.queries import certificate_by_number
from events.certificates.views import CertificateView
from events.kit.addresses import address_prefix
from events.kit.clock import now
from events.kit.forms import typed
from events.kit.refusals import NotFound
from events.kit.translation import gettext as _
from events.web.downloads import download
from events.web.public.filled import NEVER_KEPT, Filled
from events.web.public.own_access import OWN, opened
from events.web.template_words import link
from events.web.templating import page

PATH = "/bescheinigung"
TRIES = 10
PER = timedelta(hours=1)
LONGEST_NAME = 240
NOTHING_TYPED = Filled({})


@get(PATH, include_in_schema=False)
async def ask_number(nummer: Annotated[str, QueryParameter(max_length=60)] = "") -> Response[Any]:
    if not nummer.strip():
        return _entry(Filled({}))
    number = read_number(nummer)
    if number is None:
        error = _("Bitte schreiben Sie die Nummer mit allen zehn Zeichen ab, wie sie auf der Bescheinigung steht.")
        return _entry(Filled({"nummer": nummer}, {"nummer": error}), 422)
    return Redirect(link(f"{PATH}/{number}"), status_code=303, headers=NEVER_KEPT)


@get(PATH + "/{number:str}", include_in_schema=False)
async def show_proof(number: FromPath[str]) -> Response[bytes]:
    return _proof(await _found(number))


@post(PATH + "/{number:str}/name", status_code=200, include_in_schema=False)
async def check_name(request: Request[Any, Any, Any], number: FromPath[str]) -> Response[bytes]:
    """Whether the typed name is the one that was certified; also after the name was erased."""
    found = await _found(number)
    sent = typed(await request.form())
    name = (sent.get("name") or [""])[0].strip()[:LONGEST_NAME]
    if found is None:
        return _proof(None)
    if not name:
        return _proof(found, Filled({}, {"name": _("Bitte schreiben Sie den Namen ab.")}), 422)
    ip = request.client.host if request.client else ""
    seconds = await too_many_of(
        {f"certificate-name:{found.number}": TRIES, f"certificate-from:{address_prefix(ip)}": 3 * TRIES}, PER, now()
    )
    if seconds is not None:
        sentence = _("Das waren zu viele Versuche. Bitte warten Sie eine Weile oder rufen Sie uns an.")
        later = {**NEVER_KEPT, "Retry-After": str(seconds)}
        return _proof(found, Filled({"name": name}, {"": sentence}), 429, headers=later)
    matches = hmac.compare_digest(name_check(found.number, name, ""), found.name_check)
    return _proof(found, Filled({"name": name}), matches=matches)


@get(OWN + "/bescheinigung/{certificate_id:uuid}", include_in_schema=False)
async def download_own(token: FromPath[str], certificate_id: FromPath[UUID]) -> Response[bytes]:
    """One's own, while it holds; of other people, and once it is ended, there is none."""
    own = await opened(token)
    mine = next((one for one in own.certificates.values() if one.id == certificate_id and one.name), None)
    if mine is None:
        raise NotFound
    return download(await paper(mine), f"bescheinigung-{mine.grouped_number}.pdf", "application/pdf")


async def _found(typed_number: str) -> CertificateView | None:
    number = read_number(typed_number)
    return await certificate_by_number(number) if number else None


def _entry(form: Filled, status: int = 200) -> Response[bytes]:
    return page("public/certificates/ask.html", status=status, headers=NEVER_KEPT, form=form)


def _proof(
    found: CertificateView | None,
    form: Filled = NOTHING_TYPED,
    status: int = 200,
    matches: bool | None = None,
    headers: dict[str, str] = NEVER_KEPT,
) -> Response[bytes]:
    if found is None:
        return page("public/certificates/unknown.html", status=404, headers=NEVER_KEPT)
    return page(
        "public/certificates/proof.html",
        status=status,
        headers=headers,
        form=form,
        fits=matches,
        certificate=found,
        initials=_initials(found),
        extent=extent_in_words(found.facts["minutes"]),
        days=[date.fromisoformat(one["day"]) for one in found.facts["dates"] if one["how"] != "excused"],
    )


def _initials(one: CertificateView) -> str:
    return " ".join(f"{part.strip()[0]}." for part in (one.given_name, one.family_name) if part.strip())


handlers = (ask_number, show_proof, check_name, download_own)
