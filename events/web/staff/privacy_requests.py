"""Somebody asks what we have stored about them: to see, to hand over, to erase. What was typed is in no address."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from events.kit.clock import now
from events.kit.forms import EmailAddress, Form, MultilineText, PhoneNumber, parse_form, typed
from events.kit.translation import day_and_time
from events.kit.translation import gettext as _
from events.privacy.asking import Asked
from events.privacy.on_request import ErasedOnRequest, Stored, content, data_given, erase_on_request, stored_about
from events.privacy.wording import refusal_text
from events.registration.wording import STATUSES
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.templating import render

PATH = "/team/datenschutz/auskunft"
FILE = "gespeicherte-daten"
Text = Annotated[str, QueryParameter(max_length=60)]
Asking = Request[Any, Any, Any]


KEYS = {
    "anmeldevorgaenge": "Anmeldungen bei uns",
    "e_mail": "E-Mail-Adresse",
    "adresse_bestaetigt_am": "Adresse bestätigt am",
    "eingegangen_ueber": "Eingegangen über",
    "begruendung": "Begründung",
    "zuletzt_geaendert_am": "Zuletzt geändert am",
    "nicht_zustellbar": "Mails kommen nicht an",
    "bleibt_weil": "Bleibt, weil",
    "antwort_des_mailservers": "Antwort des Mailservers",
    "fassung_der_hinweise": "Fassung der Hinweise",
}


class AskForm(Struct, kw_only=True):
    email: EmailAddress | None = None
    name: Annotated[str, Meta(max_length=160)] = ""
    phone: PhoneNumber | None = None

    @property
    def asked(self) -> Asked:
        return Asked(self.email or "", self.name, self.phone or "")


class EraseForm(AskForm, kw_only=True):
    reason: Annotated[MultilineText, Meta(min_length=3, max_length=300)]
    address_too: bool = False


@get(PATH, guards=[needs("set_up")])
async def ask(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    return _page(staff, Filled(), notice=meldung)


@post(PATH, guards=[needs("set_up")], status_code=200)
async def answer(request: Asking, staff: SignedIn) -> Response[bytes]:
    """Changes nothing; sent as a form so that no address or name stands in a link, a log or the browser's history."""
    sent = await request.form()
    form, errors = _read(AskForm, sent)
    if form is None:
        return _page(staff, Filled(typed(sent), errors), status=422)
    return _page(staff, Filled(typed(sent)), stored=await stored_about(form.asked, now()))


@post([PATH + "/daten.json", PATH + "/daten.html"], guards=[needs("set_up")], status_code=200)
async def download(request: Asking, staff: SignedIn) -> Response[bytes]:
    """To hand over, as data or as a page to read; that it was given is noted."""
    sent = await request.form()
    form, errors = _read(AskForm, sent)
    if form is None:
        return _page(staff, Filled(typed(sent), errors), status=422)
    moment = now()
    found = content(await data_given(form.asked, by=staff.actor, now=moment), moment)
    suffix = request.url.path.rpartition(".")[2]
    headers = {"Content-Disposition": f'attachment; filename="{FILE}.{suffix}"'}
    if suffix == "json":
        text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
        return Response(text.encode(), media_type="application/json; charset=utf-8", headers=headers)
    text = render("staff/privacy/answer.html", found=found, words=_in_words, said=_said)
    return Response(text.encode(), media_type="text/html; charset=utf-8", headers=headers)


@post(PATH + "/loeschen", guards=[needs("set_up")])
async def erase(request: Asking, staff: SignedIn) -> Response[Any]:
    """What had to stay is shown with its reason; otherwise back to the empty form."""
    sent = await request.form()
    form, errors = _read(EraseForm, sent)
    asked = _read(AskForm, sent)[0]
    if asked is None:
        return _page(staff, Filled(typed(sent), errors), status=422)
    if form is None:
        return _page(staff, Filled(typed(sent), errors), stored=await stored_about(asked.asked, now()), status=422)
    erased = await erase_on_request(form.asked, form.reason, address_too=form.address_too, by=staff.actor, now=now())
    if erased.left:
        stored = await stored_about(form.asked, now())
        return _page(staff, Filled(typed(sent)), stored=stored, erased=erased, status=409)
    return see(PATH, "auf_wunsch_geloescht")


def _in_words(key: str) -> str:
    """A key of the file as somebody reads it."""
    return KEYS.get(key, key.replace("_", " ").capitalize())


def _said(value: object) -> object:
    """A moment of the file as somebody reads it; all else as it stands there."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        moment = None
    return day_and_time(moment) if moment and moment.tzinfo else value


def _read(cls: type[Any], sent: Form) -> tuple[Any, Mapping[str, str]]:
    """A name alone is shared by many: it takes the phone number that was given with it."""
    form, errors = parse_form(cls, sent)
    if form is not None and not form.asked.is_enough:
        return None, {"email": _("Bitte geben Sie die E-Mail-Adresse an oder Name und Telefonnummer.")}
    return form, errors


def _page(
    staff: SignedIn,
    form: Filled,
    *,
    stored: Stored | None = None,
    erased: ErasedOnRequest | None = None,
    status: int = 200,
    notice: str = "",
) -> Response[bytes]:
    left = list(dict.fromkeys(refusal_text(one) for one in erased.left)) if erased else []
    return staff_page(
        "staff/privacy/request.html",
        staff,
        status=status,
        notice=notice,
        form=form,
        stored=stored,
        erased=erased,
        left=left,
        statuses=STATUSES,
    )


handlers = (team(ask, answer, download, erase),)
