"""Several events of the list at once: first what would happen to each, then what did."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from msgspec import Meta, Struct

from events.invitations.bulk import MOST, Name, Wish, fulfil, why_not
from events.kit.clock import now
from events.kit.forms import Form, MultilineText, parse_form, typed
from events.kit.refusals import Refusal
from events.kit.translation import N_
from events.kit.translation import gettext as _
from events.programme.queries import events_by_ids
from events.registration.queries import seats
from events.web.errors import refusal_text
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import event_choices
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/veranstaltungen/auswahl"

ACTIONS: dict[Name, str] = {
    "publish": N_("Veröffentlichen"),
    "call_off": N_("Absagen"),
    "copy": N_("Kopieren"),
    "programme": N_("Programm ändern"),
    "series": N_("Reihe ändern"),
    "visibility": N_("Sichtbarkeit ändern"),
    "waiting_list": N_("Warteliste ändern"),
    "needs_email": N_("E-Mail-Pflicht ändern"),
    "approval": N_("Prüfung der Anmeldungen ändern"),
    "capacity": N_("Plätze ändern"),
}

_CHOICES = {
    "visibility": "visibilities",
    "waiting_list": "waiting_lists",
    "needs_email": "yes_or_no",
    "approval": "yes_or_no",
}
"""Where the values of a field stand among the choices of the form of an event."""


class ChosenForm(Struct, kw_only=True):
    action: Name
    events: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=MOST)]


class WishForm(ChosenForm, kw_only=True):
    """`submission` is made with the page: the same form sent twice makes no second copy."""

    submission: UUID
    reason: Annotated[MultilineText, Meta(max_length=1000)] = ""
    weeks: Annotated[int, Meta(ge=0, le=520)] = 52
    target: UUID | None = None
    value: Annotated[str, Meta(max_length=20)] = ""
    places: Annotated[int, Meta(ge=0, le=10000)] | None = None


@get(PATH, guards=[needs("plan")])
async def preview(request: Request[Any, Any, Any], staff: SignedIn) -> Response[bytes]:
    """Of what was ticked in the list; or, after it was done, what came of it."""
    sent = request.query_params
    form, errors = parse_form(ChosenForm, sent)
    if form is None:
        ids = _ids(sent, "done"), _ids(sent, "refused")
        return await _result(staff, sent, *ids) if any(ids) else await _nothing(staff, errors)
    return await _preview(staff, form, Filled({"submission": str(uuid4()), "weeks": "52"}))


@post(PATH, guards=[needs("plan")])
async def carry_out(request: Request[Any, Any, Any], staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(WishForm, sent)
    if form is None:
        chosen, wrong = parse_form(ChosenForm, sent)
        return (
            await _preview(staff, chosen, Filled(typed(sent), errors), 422) if chosen else await _nothing(staff, wrong)
        )
    if errors := await _wrong(form):
        return await _preview(staff, form, Filled(typed(sent), errors), 422)
    done = await fulfil(_wish(form), form.events, by=staff.actor, now=now())
    told = [f"refused={id}.{reasons[0].code}" if reasons else f"done={id}" for id, reasons in done.items()]
    return see(f"{PATH}?" + "&".join([f"what={form.action}", *told]))


def _wish(form: WishForm) -> Wish:
    value: object = form.places if form.action == "capacity" else form.value or None
    if form.action in ("needs_email", "approval") and value is not None:
        value = value == "1"
    return Wish(form.action, form.submission, form.reason, form.weeks, form.target, value)


async def _wrong(form: WishForm) -> dict[str, str]:
    """What was chosen that is not offered, by field."""
    choices = await event_choices()
    offered = {"programme": choices["programmes"], "series": [("", ""), *choices["series"]]}
    if form.action in offered and str(form.target or "") not in dict(offered[form.action]):
        return {"target": _("Bitte wählen Sie eine Möglichkeit.")}
    if form.action in _CHOICES and form.value and form.value not in dict(choices[_CHOICES[form.action]]):
        return {"value": _("Bitte wählen Sie eine Möglichkeit.")}
    return {}


async def _preview(staff: SignedIn, chosen: ChosenForm, form: Filled, status: int = 200) -> Response[bytes]:
    moment, choices = now(), await event_choices()
    found = await events_by_ids(chosen.events)
    against = {
        id: [refusal_text(one, PATH) for one in why_not(chosen.action, event, moment)] for id, event in found.items()
    }
    return staff_page(
        "staff/planning/bulk.html",
        staff,
        status=status,
        action=chosen.action,
        heading=_(ACTIONS[chosen.action]),
        found=list(found.values()),
        against=against,
        allowed=[id for id, reasons in against.items() if not reasons],
        seats=await seats(list(found), moment),
        moment=moment,
        form=form,
        choices=choices,
        values=choices.get(_CHOICES.get(chosen.action, ""), []),
    )


async def _result(staff: SignedIn, sent: Form, done: Sequence[UUID], refused: Sequence[UUID]) -> Response[bytes]:
    codes = dict(text.split(".", 1) for text in _texts(sent, "refused") if "." in text)
    what = next(iter(_texts(sent, "what")), "")
    found = await events_by_ids([*done, *refused])
    return staff_page(
        "staff/planning/bulk_result.html",
        staff,
        heading=_(ACTIONS[what]) if what in ACTIONS else "",
        done=[found[id] for id in done if id in found],
        refused=[(found[id], _why(codes[str(id)])) for id in refused if id in found],
    )


async def _nothing(staff: SignedIn, errors: dict[str, str]) -> Response[bytes]:
    said = _("Bitte wählen Sie mindestens eine Veranstaltung aus.") if "events" in errors else " ".join(errors.values())
    return staff_page("staff/planning/bulk_result.html", staff, status=422, wrong=said, done=[], refused=[], heading="")


def _why(code: str) -> str:
    """The reason without the numbers, which the page of the event has."""
    try:
        return refusal_text(Refusal(code), PATH)
    except KeyError:
        return _("Eine Regel spricht dagegen. Ändern Sie es bitte bei der Veranstaltung selbst.")


def _texts(sent: Form, name: str) -> list[str]:
    return [text for text in sent.getall(name, []) if isinstance(text, str)][:MOST]


def _ids(sent: Form, name: str) -> list[UUID]:
    found = []
    for text in _texts(sent, name):
        try:
            found.append(UUID(text.partition(".")[0]))
        except ValueError:
            continue
    return found


handlers = (team(preview, carry_out),)
