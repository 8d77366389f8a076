"""What the office adds to each kind of mail: all kinds, and the paragraph of one with a look at the mail."""

from collections.abc import Mapping
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter
from msgspec import Meta, Struct

from events.kit.clock import now
from events.kit.forms import Form, MultilineText, parse_form, typed
from events.kit.refusals import NotFound
from events.kit.translation import LANGUAGES, SOURCE
from events.mail.occasions import OCCASIONS
from events.mail.wording import kind_text
from events.office.actions import set_mail_paragraph
from events.office.queries import office
from events.office.views import LONGEST_PARAGRAPH
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import other_languages
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.mail_samples import sample

HERE = "/team/mailtexte"
Text = Annotated[str, QueryParameter(max_length=60)]


class ParagraphForm(Struct):
    text: Annotated[MultilineText, Meta(max_length=LONGEST_PARAGRAPH)] = ""


@get(HERE, guards=[needs("handle_mails")])
async def list_mail_texts(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    paragraphs = (await office()).paragraphs
    return staff_page(
        "staff/mail_texts/list.html",
        staff,
        notice=meldung,
        kinds=sorted(((kind, kind_text(kind), one) for kind, one in OCCASIONS.items()), key=lambda one: one[1]),
        languages_of={
            kind: ", ".join(LANGUAGES[code].name for code in LANGUAGES if code in texts)
            for kind, texts in paragraphs.items()
        },
    )


@get(HERE + "/{mail_kind:str}", guards=[needs("handle_mails")])
async def edit_mail_text(staff: SignedIn, mail_kind: FromPath[str], sprache: Text = SOURCE) -> Response[bytes]:
    _refuse_unknown(mail_kind)
    written = (await office()).paragraphs.get(mail_kind, {})
    values = {f"{code}-text": text for code, text in written.items()}
    return await _form(staff, mail_kind, Filled(values), sprache if sprache in LANGUAGES else SOURCE)


@post(HERE + "/{mail_kind:str}", guards=[needs("handle_mails")])
async def save_mail_text(request: Request[Any, Any, Any], staff: SignedIn, mail_kind: FromPath[str]) -> Response[Any]:
    _refuse_unknown(mail_kind)
    sent = await request.form()
    texts, errors = _read(sent)
    if errors:
        return await _form(staff, mail_kind, Filled(typed(sent), errors), SOURCE, 422)
    await set_mail_paragraph(mail_kind, texts, by=staff.actor, now=now())
    return see(HERE, "gespeichert")


def _refuse_unknown(kind: str) -> None:
    if kind not in OCCASIONS:
        raise NotFound


def _read(sent: Form) -> tuple[Mapping[str, str], dict[str, str]]:
    """The texts by language code, and what is wrong by field."""
    texts: dict[str, str] = {}
    errors: dict[str, str] = {}
    for code in LANGUAGES:
        form, wrong = parse_form(ParagraphForm, sent, prefix=f"{code}-")
        errors |= wrong
        texts |= {code: form.text} if form else {}
    return texts, errors


async def _form(staff: SignedIn, kind: str, form: Filled, language: str, status: int = 200) -> Response[bytes]:
    sender = await office()
    return staff_page(
        "staff/mail_texts/edit.html",
        staff,
        status=status,
        kind=kind,
        title=kind_text(kind),
        occasion=OCCASIONS[kind],
        form=form,
        written=sender.paragraphs.get(kind, {}),
        longest=LONGEST_PARAGRAPH,
        other_languages=other_languages(),
        letter=sample(kind, language, sender, now()),
        direction=LANGUAGES[language].dir,
        languages_offered=[(code, one.name) for code, one in LANGUAGES.items()],
    )


handlers = (team(list_mail_texts, edit_mail_text, save_mail_text),)
