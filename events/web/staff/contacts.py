"""The Verteiler for staff: searching, one contact with what they agreed to, adding on paper, changing, removing."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from events.contacts.actions import add_contact, change_contact, erase_contact, take_off_list
from events.contacts.forms import ContactSearchForm, contact_values, read_details, read_paper
from events.contacts.queries import (
    ContactView,
    Topic,
    all_topics,
    consents_of,
    contact_by_id,
    contacts,
    heads_by_topic,
    with_topics,
)
from events.contacts.status import STATUSES
from events.contacts.wording import STATUSES as STATUS_WORDS
from events.contacts.wording import WAYS, refusal_text
from events.history.queries import history_of
from events.kit.clock import now, today
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import LANGUAGES
from events.kit.translation import gettext as _
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.paging import page_of

PATH = "/team/verteiler"
ONE = f"{PATH}/{{contact_id:uuid}}"

Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]


@get(PATH, guards=[needs("handle_mails")])
async def list_contacts(
    request: Asked, staff: SignedIn, seite: FromQuery[int] = 1, meldung: Text = ""
) -> Response[bytes]:
    wished, errors = parse_form(ContactSearchForm, request.query_params)
    search, topics = wished or ContactSearchForm(), await all_topics()
    topic = next((one.id for one in topics if one.slug == search.thema), None)
    everyone = search.among(await contacts(topic))
    page = page_of([one for one in everyone if search.stand in (None, one.status)], seite)
    return staff_page(
        "staff/contacts/list.html",
        staff,
        status=422 if errors else 200,
        notice=meldung,
        filters=Filled(typed(request.query_params), errors),
        is_filtered=bool(search.suche or topic),
        tabs=_tabs(everyone),
        stand=search.stand or "",
        found=page,
        shown=await with_topics(page.rows),
        topics={one.id: one.name for one in topics},
        topic_choices=_with_heads(topics, await heads_by_topic()),
        status_words=STATUS_WORDS,
        languages_of_mails=dict(_languages()),
    )


@get(f"{PATH}/neu", guards=[needs("handle_mails")])
async def new_contact(staff: SignedIn) -> Response[bytes]:
    return await _form(staff, Filled({"language": "de", "signed_on": today().isoformat()}))


@post(f"{PATH}/neu", guards=[needs("handle_mails")])
async def add(request: Asked, staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    form, errors = read_paper(sent, {one.id for one in await all_topics()}, today())
    if form is None:
        return await _form(staff, Filled(typed(sent), errors), status=422)
    try:
        id = await add_contact(form.email, form.details(), form.signed_on, by=staff.actor, now=now())
    except Refused as refused:
        said = {"email": " ".join(map(refusal_text, refused.reasons))}
        return await _form(staff, Filled(typed(sent), said), status=409)
    return see(f"{PATH}/{id}", "gespeichert")


@get(ONE, guards=[needs("handle_mails")])
async def show_contact(staff: SignedIn, contact_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    found = await _found(contact_id)
    return staff_page(
        "staff/contacts/one.html",
        staff,
        notice=meldung,
        contact=found,
        topics=[one.name for one in await all_topics() if one.id in found.topics],
        consents=await consents_of(found.id),
        ways=WAYS,
        status_words=STATUS_WORDS,
        languages_of_mails=dict(_languages()),
        lines=await told(await history_of("contact", found.id)),
    )


@get(f"{ONE}/bearbeiten", guards=[needs("handle_mails")])
async def edit_form(staff: SignedIn, contact_id: FromPath[UUID]) -> Response[bytes]:
    found = await _found(contact_id)
    return await _form(staff, Filled(contact_values(found)), found)


@post(f"{ONE}/bearbeiten", guards=[needs("handle_mails")])
async def save(request: Asked, staff: SignedIn, contact_id: FromPath[UUID]) -> Response[Any]:
    found = await _found(contact_id)
    sent = await request.form()
    form, errors = read_details(sent, {one.id for one in await all_topics()})
    if form is None:
        return await _form(staff, Filled(typed(sent), errors), found, 422)
    try:
        await change_contact(found.id, form.details(), by=staff.actor, now=now())
    except Refused as refused:
        said = {"": " ".join(map(refusal_text, refused.reasons))}
        return await _form(staff, Filled(typed(sent), said), found, 409)
    return see(f"{PATH}/{found.id}", "gespeichert")


@post(f"{ONE}/abmelden", guards=[needs("handle_mails")])
async def take_off(staff: SignedIn, contact_id: FromPath[UUID]) -> Response[Any]:
    """Who only waited for the proof is gone at once; others are shown as having left."""
    found = await _found(contact_id)
    await take_off_list(found.id, by=staff.actor, now=now())
    return see(PATH if found.status == "pending" else f"{PATH}/{found.id}", "kontakt_abgemeldet")


@post(f"{ONE}/loeschen", guards=[needs("handle_mails")])
async def erase(staff: SignedIn, contact_id: FromPath[UUID]) -> Response[Any]:
    await erase_contact(contact_id, by=staff.actor, now=now())
    return see(PATH, "kontakt_geloescht")


async def _found(contact_id: UUID) -> ContactView:
    found = await contact_by_id(contact_id)
    if found is None:
        raise NotFound
    return found


async def _form(staff: SignedIn, form: Filled, found: ContactView | None = None, status: int = 200) -> Response[bytes]:
    return staff_page(
        "staff/contacts/form.html",
        staff,
        status=status,
        contact=found,
        form=form,
        topics=[(str(one.id), one.name) for one in await all_topics()],
        languages_of_mails=_languages(),
    )


def _tabs(everyone: Sequence[ContactView]) -> list[tuple[str, str, int]]:
    """Code, text and number of contacts; all of them first."""
    counted = [(code, _(STATUS_WORDS[code]), sum(one.status == code for one in everyone)) for code in STATUSES]
    return [("", _("alle"), len(everyone)), *counted]


def _with_heads(topics: list[Topic], heads: Mapping[UUID, int]) -> list[tuple[str, str]]:
    """How many get mailings about each stands beside its name."""
    return [(one.slug, f"{one.name} ({heads.get(one.id, 0)})") for one in topics]


def _languages() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in LANGUAGES.values()]


handlers = (team(list_contacts, new_contact, add, show_contact, edit_form, save, take_off, erase),)
