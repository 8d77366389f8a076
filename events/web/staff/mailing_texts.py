"""Writing the text of a mailing, looking at it as a recipient gets it, sending it to oneself."""

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter
from markupsafe import Markup

from events.invitations.mailings.audiences import MailingRecipient, reachable
from events.invitations.mailings.messages import body_html, mail_to, message_context, send_trial
from events.invitations.mailings.rules import why_not_write
from events.invitations.mailings.views import MailingView
from events.invitations.mailings.writing import edit_mailing
from events.kit.clock import now
from events.kit.forms import typed
from events.kit.refusals import Refusal, refuse_if
from events.kit.text import fold
from events.kit.translation import LANGUAGES, speaking
from events.mail.opt_outs import address_hash
from events.mail.reading import letter_in
from events.office.queries import office
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import other_languages
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.mailing_forms import read_texts, text_values
from events.web.staff.mailings import ONE, PATH, found_draft
from events.web.templating import render

Text = Annotated[str, QueryParameter(max_length=60)]
MailingId = FromPath[UUID]


@get(f"{ONE}/text", guards=[needs("handle_mails")])
async def text_form(staff: SignedIn, mailing_id: MailingId) -> Response[bytes]:
    found, _audience = await found_draft(mailing_id)
    refuse_if(why_not_write(found.status))
    return _form(staff, found, Filled(text_values(found.texts, found.greets)))


@post(f"{ONE}/text", guards=[needs("handle_mails")])
async def save_text(request: Request[Any, Any, Any], staff: SignedIn, mailing_id: MailingId) -> Response[Any]:
    found, _audience = await found_draft(mailing_id)
    sent = await request.form()
    texts, errors = read_texts(sent)
    if texts is None:
        return _form(staff, found, Filled(typed(sent), errors), 422)
    await edit_mailing(found.id, texts=texts, greets="greets" in sent, by=staff.actor, now=now())
    return see(f"{PATH}/{found.id}", "gespeichert")


@get(f"{ONE}/vorschau", guards=[needs("handle_mails")])
async def preview(staff: SignedIn, mailing_id: MailingId, an: Text = "", meldung: Text = "") -> Response[bytes]:
    """`an` is the hash of an address: addresses themselves stand in no log."""
    found, audience = await found_draft(mailing_id)
    refuse_if(None if found.texts else Refusal("nothing_written"))
    people = sorted((await reachable(audience)).recipients, key=lambda one: fold(one.name or one.address))
    hashes = {address_hash(one.address): one for one in people}
    chosen = hashes.get(an) or next(iter(people), None) or MailingRecipient(staff.email, staff.name, "de")
    return staff_page(
        "staff/mailings/preview.html",
        staff,
        notice=meldung,
        mailing=found,
        people=[(code, f"{one.name}, {one.address}" if one.name else one.address) for code, one in hashes.items()],
        filters=Filled({"an": address_hash(chosen.address)}),
        chosen=chosen,
        letter=letter_in((await mail_to(found, chosen)).content),
        rendered=await _as_page(found, chosen),
        language_missing=chosen.language not in found.texts,
        language_name=LANGUAGES[chosen.language].name,
    )


@post(f"{ONE}/test", guards=[needs("handle_mails")])
async def send_to_myself(staff: SignedIn, mailing_id: MailingId) -> Response[Any]:
    found, audience = await found_draft(mailing_id)
    people = (await reachable(audience)).recipients
    example = people[0] if people else MailingRecipient("", "", "de")
    await send_trial(found, replace(example, address=staff.email, name=staff.name), by=staff.actor, now=now())
    return see(f"{PATH}/{found.id}", "testmail")


async def _as_page(found: MailingView, to: MailingRecipient) -> Markup:
    """The HTML part as content of a page of ours, in the language of the mail."""
    context = message_context(found, to, await office())
    code = str(context["language_code"])
    body = body_html(found.texts[code].body, 4)
    with speaking(code):
        return Markup(render("staff/mailings/letter.html", letter={**context, "body": body}))  # noqa: S704  # rendered by us


def _form(staff: SignedIn, found: MailingView, form: Filled, status: int = 200) -> Response[bytes]:
    return staff_page(
        "staff/mailings/text.html", staff, status=status, mailing=found, form=form, other_languages=other_languages()
    )


handlers = (team(text_form, save_text, preview, send_to_myself),)
