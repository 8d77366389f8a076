"""The Verteiler in public: joining it, and one's own page behind the mailed link: proving, changing, leaving."""

import json
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from events.contacts.actions import change_contact, join_list, leave_list, prove_contact
from events.contacts.forms import contact_values, read_details, read_join
from events.contacts.links import contact_behind
from events.contacts.own_data import own_data
from events.contacts.queries import ContactView, Topic, all_topics, contact_by_id, topics_offered
from events.contacts.wording import CONSENT
from events.kit.actor import person
from events.kit.clock import now
from events.kit.forms import typed
from events.kit.refusals import NotFound
from events.kit.translation import LANGUAGES, current_language
from events.kit.translation import gettext as _
from events.mail.opt_outs import unsubscribe_token
from events.web.public.filled import NEVER_KEPT, Filled, blank, refused_by_spam_checks, typed_again
from events.web.template_words import link
from events.web.templating import page

LIST = "/verteiler"
OWN = LIST + "/{token:str}"
FIELDS = ("topics", "email", "language", "name", "organisation_name", "city", "consent")


@get(LIST, include_in_schema=False)
async def show_form() -> Response[bytes]:
    return _form(await topics_offered(now()), blank(language=current_language()))


@post(LIST, status_code=303, include_in_schema=False)
async def join(request: Request[Any, Any, Any]) -> Response[Any]:
    """The answer is the same whether or not the address is known."""
    sent, topics = await request.form(), await topics_offered(now())
    form, errors = read_join(sent, {one.id for one in topics})
    if form is None:
        return _form(topics, typed_again(sent, errors), 422)
    stopped = await refused_by_spam_checks(request, form, "verteiler")
    if stopped is not None:
        return _form(topics, typed_again(sent, stopped.errors), stopped.status, stopped.headers)
    await join_list(form.email, form.details(), now=now())
    return Redirect(link(LIST + "/eingang"), status_code=303)


@get(LIST + "/eingang", include_in_schema=False)
async def show_receipt() -> Response[bytes]:
    """The same for everybody: nothing on it depends on what was typed."""
    return page("public/contacts/receipt.html", headers=NEVER_KEPT)


@get(LIST + "/abgemeldet", include_in_schema=False)
async def show_left() -> Response[bytes]:
    return page("public/contacts/left.html", headers=NEVER_KEPT)


@get(OWN, include_in_schema=False)
async def show_own(token: FromPath[str]) -> Response[bytes]:
    contact = await _contact(token)
    return await _own(token, contact, Filled(contact_values(contact)))


@get(OWN + "/daten.json", include_in_schema=False)
async def download_own(token: FromPath[str]) -> Response[bytes]:
    content = json.dumps(await own_data(await _contact(token)), ensure_ascii=False, indent=2) + "\n"
    headers = {**NEVER_KEPT, "Content-Disposition": 'attachment; filename="mein-eintrag.json"'}
    return Response(content.encode(), media_type="application/json; charset=utf-8", headers=headers)


@post(OWN + "/bestaetigen", status_code=303, include_in_schema=False)
async def prove(token: FromPath[str]) -> Response[Any]:
    await prove_contact(await contact_behind(token), now=now())
    return Redirect(link(f"{LIST}/{token}"), status_code=303)


@post(OWN + "/aendern", status_code=303, include_in_schema=False)
async def change(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    contact = await _contact(token)
    sent, choices = await request.form(), await _choices(contact)
    form, errors = read_details(sent, {one.id for one in choices})
    if form is None:
        return await _own(token, contact, Filled(typed(sent), errors), 422)
    await change_contact(contact.id, form.details(), by=person(contact.id), now=now())
    return Redirect(link(f"{LIST}/{token}?gespeichert=1"), status_code=303)


@post(OWN + "/abmelden", status_code=303, include_in_schema=False)
async def leave(token: FromPath[str]) -> Response[Any]:
    await leave_list(await contact_behind(token), now=now())
    return Redirect(link(LIST + "/abgemeldet"), status_code=303)


async def _contact(token: str) -> ContactView:
    found = await contact_by_id(await contact_behind(token))
    if found is None:
        raise NotFound
    return found


async def _choices(contact: ContactView) -> list[Topic]:
    """What is offered, and what they have though it is not offered any more."""
    offered: set[UUID] = {one.id for one in await topics_offered(now())} | set(contact.topics)
    return [one for one in await all_topics() if one.id in offered]


def _form(
    topics: list[Topic], form: Filled, status: int = 200, headers: dict[str, str] | None = None
) -> Response[bytes]:
    return page(
        "public/contacts/form.html",
        status=status,
        headers={**NEVER_KEPT, **(headers or {})},
        topics=topics,
        languages_of_mails=_languages(),
        form=form.in_order_of(FIELDS),
        consent=_(CONSENT),
    )


async def _own(token: str, contact: ContactView, form: Filled, status: int = 200) -> Response[bytes]:
    topics = await _choices(contact)
    return page(
        "public/contacts/own.html",
        status=status,
        headers=NEVER_KEPT,
        token=token,
        contact=contact,
        topics=topics,
        chosen=[one for one in topics if one.id in contact.topics],
        languages_of_mails=_languages(),
        form=form.in_order_of(FIELDS),
        consent=_(CONSENT),
        unsubscribe=unsubscribe_token(contact.email),
    )


def _languages() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in LANGUAGES.values()]


handlers = (show_form, join, show_receipt, show_left, show_own, download_own, prove, change, leave)
