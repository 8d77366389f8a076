"""Mails before and after the dates of an event: which rules count, setting them, what goes when, what it looks like."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter
from msgspec import Struct

from events.invitations.reminders.actions import (
    add_mail_rule,
    change_mail_rule,
    remove_all_rules,
    remove_mail_rule,
    switch_off,
)
from events.invitations.reminders.forms import read_rule, refused_fields, rule_values
from events.invitations.reminders.in_force import rules_for
from events.invitations.reminders.letters import sample
from events.invitations.reminders.plans import plan_of
from events.invitations.reminders.rules import DEFAULT, KINDS, MOST_DAYS, MOST_HOURS, Kind, MailRule, MailRuleDetails
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import LANGUAGES, SOURCE
from events.programme.queries import EventView
from events.registration.wording import STATUSES
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.choices import other_languages
from events.web.staff.frame import Filled, see, staff_page

Text = Annotated[str, QueryParameter(max_length=60)]
HERE = "/team/veranstaltungen/{event_id:uuid}/erinnerungen"
EVENT, PROGRAMME = "event", "programme"
NOTHING_WRONG: Mapping[str, str] = MappingProxyType({})


class ScopeForm(Struct):
    """Which mails, and for which events."""

    kind: Kind
    scope: Literal["event", "programme"] = "event"


@get(HERE, guards=[needs("plan")])
async def show_rules(staff: SignedIn, event: EventInSight, meldung: Text = "") -> Response[bytes]:
    return await _list(staff, event, notice=meldung)


@get(HERE + "/neu", guards=[needs("plan")])
async def new_rule(staff: SignedIn, event: EventInSight, art: Text = "reminder") -> Response[bytes]:
    details = MailRuleDetails(_kind(art))
    return await _form(staff, event, details.kind, Filled({**rule_values(details), "scope": EVENT}))


@post(HERE + "/neu", guards=[needs("plan")])
async def add(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    kind = _kind(str(sent.get("kind", "")))
    owner = _owner(str(sent.get("scope", EVENT)), event)
    details, wrong = read_rule(kind, sent)
    status: Literal[409, 422] = 422
    if details is not None:
        try:
            await add_mail_rule(details, **owner, by=staff.actor, now=now())
            return see(_here(event), "mailregel")
        except Refused as refused:
            wrong, status = refused_fields(refused.reasons), 409
    return await _form(staff, event, kind, Filled(typed(sent), wrong), status=status)


@get(HERE + "/{rule_id:uuid}", guards=[needs("plan")])
async def edit_form(staff: SignedIn, event: EventInSight, rule_id: FromPath[UUID]) -> Response[bytes]:
    rule = await _found(event, rule_id)
    return await _form(staff, event, rule.details.kind, Filled(rule_values(rule.details)), rule)


@post(HERE + "/{rule_id:uuid}", guards=[needs("plan")])
async def change(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, rule_id: FromPath[UUID]
) -> Response[Any]:
    rule, sent = await _found(event, rule_id), await request.form()
    details, wrong = read_rule(rule.details.kind, sent)
    status: Literal[409, 422] = 422
    if details is not None:
        try:
            await change_mail_rule(rule.id, details, by=staff.actor, now=now())
            return see(_here(event), "mailregel")
        except Refused as refused:
            wrong, status = refused_fields(refused.reasons), 409
    return await _form(staff, event, rule.details.kind, Filled(typed(sent), wrong), rule, status)


@post(HERE + "/{rule_id:uuid}/entfernen", guards=[needs("plan")])
async def remove(staff: SignedIn, event: EventInSight, rule_id: FromPath[UUID]) -> Response[Any]:
    rule = await _found(event, rule_id)
    await remove_mail_rule(rule.id, by=staff.actor, now=now())
    return see(_here(event), "mailregel_entfernt")


@post(HERE + "/aus", guards=[needs("plan")])
async def turn_off(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    chosen, errors = parse_form(ScopeForm, await request.form())
    if chosen is None:
        return await _list(staff, event, errors)
    await switch_off(chosen.kind, **_owner(chosen.scope, event), by=staff.actor, now=now())
    return see(_here(event), "mailregel_aus")


@post(HERE + "/zurueck", guards=[needs("plan")])
async def give_up_own(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    chosen, errors = parse_form(ScopeForm, await request.form())
    if chosen is None:
        return await _list(staff, event, errors)
    await remove_all_rules(chosen.kind, **_owner(chosen.scope, event), by=staff.actor, now=now())
    return see(_here(event), "mailregel_zurueck")


@get(HERE + "/vorschau", guards=[needs("plan")])
async def preview(
    staff: SignedIn, event: EventInSight, regel: Text = "", sprache: Text = SOURCE, stand: Text = ""
) -> Response[bytes]:
    """The mail as it is now; `regel` is the id of a rule, the default without one."""
    rule = await _found(event, UUID(regel)) if _is_id(regel) else DEFAULT
    if not event.dates or sprache not in LANGUAGES or rule.is_off:
        raise NotFound
    statuses = rule.details.statuses
    status = stand if stand in statuses else statuses[0]
    date = (event.coming_dates or event.dates)[-1 if rule.details.last_only else 0]
    return staff_page(
        "staff/mail_rules/preview.html",
        staff,
        event=event,
        rule=rule,
        texts=await sample(rule.details, event, date, sprache, status),
        direction=LANGUAGES[sprache].dir,
        languages_offered=[(code, one.name) for code, one in LANGUAGES.items()],
        chosen=(sprache, status),
        statuses={code: STATUSES[code] for code in statuses},
    )


def _here(event: EventView) -> str:
    return f"/team/veranstaltungen/{event.id}/erinnerungen"


def _kind(sent: str) -> Kind:
    return "follow_up" if sent == "follow_up" else "reminder"


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text).int)
    except ValueError:
        return False


def _owner(scope: str, event: EventView) -> dict[str, UUID]:
    return {"programme_id": event.programme_id} if scope == PROGRAMME else {"event_id": event.id}


async def _found(event: EventView, rule_id: UUID) -> MailRule:
    """A rule this event follows. Raises NotFound."""
    for found in (await rules_for(event)).values():
        for rule in found.rules:
            if rule.id == rule_id and rule.origin != "default":
                return rule
    raise NotFound


async def _list(
    staff: SignedIn, event: EventView, errors: Mapping[str, str] = NOTHING_WRONG, notice: str = ""
) -> Response[bytes]:
    rules = await rules_for(event)
    return staff_page(
        "staff/mail_rules/list.html",
        staff,
        status=422 if errors else 200,
        notice=notice,
        event=event,
        form=Filled({}, errors),
        kinds=KINDS,
        rules=rules,
        plan=await plan_of(event, rules, now()),
    )


async def _form(
    staff: SignedIn,
    event: EventView,
    kind: Kind,
    form: Filled,
    rule: MailRule | None = None,
    status: Literal[200, 409, 422] = 200,
) -> Response[bytes]:
    return staff_page(
        "staff/mail_rules/form.html",
        staff,
        status=status,
        event=event,
        kind=kind,
        form=form,
        rule=rule,
        in_force=(await rules_for(event))[kind],
        other_languages=other_languages(),
        most=MOST_DAYS if kind == "reminder" else MOST_HOURS,
    )


handlers = (team(show_rules, new_rule, add, edit_form, change, remove, turn_off, give_up_own, preview),)
