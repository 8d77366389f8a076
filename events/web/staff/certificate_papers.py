"""One certificate: what was certified, its PDF, its history, correcting the name and taking it back."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.certificates.actions import correct_name, withdraw
from events.certificates.forms import CorrectionForm, WithdrawalForm
from events.certificates.papers import excused_in_words, extent_in_words, paper, proof_address
from events.certificates.queries import certificate_by_id
from events.certificates.views import CertificateView
from events.certificates.wording import ENDINGS
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound
from events.web.downloads import download
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/bescheinigungen/{certificate_id:uuid}"
Text = Annotated[str, QueryParameter(max_length=60)]


@get(PATH, guards=[needs("close_dates")])
async def show_certificate(staff: SignedIn, certificate_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    found = await _found(certificate_id)
    return _page(staff, found, Filled({"given_name": found.given_name, "family_name": found.family_name}), meldung)


@get(PATH + "/bescheinigung.pdf", guards=[needs("close_dates")])
async def print_one(certificate_id: FromPath[UUID]) -> Response[bytes]:
    """Only while it holds and has a name: what was ended or erased is not printed again."""
    found = await _found(certificate_id)
    if not (found.is_valid and found.name):
        raise NotFound
    return download(await paper(found), f"bescheinigung-{found.grouped_number}.pdf", "application/pdf")


@post(PATH + "/berichtigen", guards=[needs("close_dates")])
async def correct(request: Request[Any, Any, Any], staff: SignedIn, certificate_id: FromPath[UUID]) -> Response[Any]:
    found = await _found(certificate_id)
    sent = await request.form()
    form, errors = parse_form(CorrectionForm, sent)
    if form is None:
        return _page(staff, found, Filled(typed(sent), errors), status=422)
    new = await correct_name(found.id, form.given_name, form.family_name, form.reason, by=staff.actor, now=now())
    return see(f"/team/bescheinigungen/{new}", "bescheinigung_neu")


@post(PATH + "/zurueckziehen", guards=[needs("close_dates")])
async def take_back(request: Request[Any, Any, Any], staff: SignedIn, certificate_id: FromPath[UUID]) -> Response[Any]:
    found = await _found(certificate_id)
    sent = await request.form()
    form, errors = parse_form(WithdrawalForm, sent)
    if form is None:
        return _page(staff, found, Filled(typed(sent), errors), status=422)
    await withdraw(found.id, form.reason, by=staff.actor, now=now())
    return see(f"/team/bescheinigungen/{found.id}", "bescheinigung_weg")


def _page(
    staff: SignedIn, found: CertificateView, form: Filled, notice: str = "", status: int = 200
) -> Response[bytes]:
    return staff_page(
        "staff/certificates/one.html",
        staff,
        status=status,
        notice=notice,
        form=form,
        one=found,
        endings=ENDINGS,
        extent=extent_in_words(found.facts["minutes"]),
        excused=excused_in_words(found.facts),
        proof=proof_address(found.number),
    )


async def _found(certificate_id: UUID) -> CertificateView:
    found = await certificate_by_id(certificate_id)
    if found is None:
        raise NotFound
    return found


handlers = (team(show_certificate, print_one, correct, take_back),)
