"""Every kind of mail, brought about for real: what each has to be, and that looking at its links changes nothing."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from events.app import create_app
from events.kit.translation import LANGUAGES, speaking
from events.mail.occasions import OCCASIONS
from events.mail.rendering import LARGEST_HTML
from events.mail.tables import OutgoingMail
from events.office.queries import office
from events.piccolo_app import APP_CONFIG
from events.web.wrapper import Site
from tests.life import living
from tests.mail.every_kind import tell_all
from tests.mail.letters import parsed
from tests.outbox import calendar_of, text_of
from tests.source_tree import PROJECT

pytestmark = pytest.mark.one_database

HERE = "http://testserver.local"
FILES = {path.name.removesuffix(".subject.txt") for path in (PROJECT / "templates" / "mail").glob("*.subject.txt")}
MAY_CHANGE_BY_READING = {"staff_session", "throttle_bucket"}
ONE_LANGUAGE = {
    "group_report_due", "institution_link", "outcome_due", "password_reset", "staff_invited", "tomorrow",
    "trainer_invited", "trial",
}  # fmt: skip
"""To people of the team, in German."""

TO_MANY = {"feedback_asked", "invitation", "invitation_reminder", "message"}
FIRST = {
    "already_registered", "certificate", "confirm_address", "date_fixed", "date_wish", "delegate_asked",
    "feedback_asked", "group_report_due", "institution_link", "invitation", "invitation_reminder", "list_confirm",
    "list_known", "message", "my_links", "outcome_due", "partner_asked", "password_reset", "staff_invited", "tomorrow",
    "topic_answered", "topic_confirm", "trainer_invited", "trial",
}  # fmt: skip
"""Nothing that stands in a mail program already leads to them."""

STATUS_WORDS = {
    "called_off": "Abgesagt",
    "cancelled": "Abgesagt",
    "confirmation": "Bestätigt",
    "date_dropped": "Geändert",
    "invitation": "Einladung",
    "invitation_reminder": "Erinnerung",
    "moved": "Geändert",
    "moved_up": "Bestätigt",
    "party_changed": "Geändert",
    "reminder": "Erinnerung",
    "requested": "Angefragt",
    "waiting": "Warteliste",
}


@dataclass(frozen=True)
class Letter:
    kind: str
    mail: EmailMessage
    language: str

    @property
    def html(self) -> str:
        part = self.mail.get_body(("html",))
        assert part is not None
        return str(part.get_content())

    @property
    def links(self) -> set[str]:
        """Of the text, of the HTML, and of the header that mail programs show as a button."""
        in_header = re.findall(r"<(https?://[^>]+)>", self.mail["List-Unsubscribe"] or "")
        return {*re.findall(r"https?://\S+", text_of(self.mail)), *_Page.of(self.html).links, *in_header}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self.links += [value for name, value in attributes if name == "href" and value and value.startswith("http")]

    @classmethod
    def of(cls, html: str) -> "_Page":
        page = cls()
        page.feed(html)
        return page


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=LANGUAGES)
async def letters(
    request: pytest.FixtureRequest, empty_database: Callable[[], AbstractAsyncContextManager[None]]
) -> AsyncIterator[list[Letter]]:
    """All mails of a busy day in one language; the database stays as it is after them."""
    async with empty_database():
        await tell_all(request.param)
        rows = await OutgoingMail.objects()
        rows.sort(key=lambda row: (row.created_at, row.kind not in FIRST))  # what asks first came first
        yield [
            Letter(row.kind, parsed(row.content), "de" if row.kind in ONE_LANGUAGE else request.param) for row in rows
        ]


@pytest.fixture(scope="module")
def site() -> Site:
    return create_app()


async def dump() -> dict[str, list[str]]:
    tables = [one for one in APP_CONFIG.table_classes if one._meta.tablename not in MAY_CHANGE_BY_READING]
    return {one._meta.tablename: sorted(map(repr, await one.select())) for one in tables}


def of(letters: list[Letter], kinds: set[str]) -> Iterator[Letter]:
    return (one for one in letters if one.kind in kinds)


async def test_no_kind_is_left_out(letters: list[Letter]) -> None:
    assert {one.kind for one in letters} == FILES == OCCASIONS.keys()


async def test_looking_at_every_link_of_every_mail_changes_nothing(letters: list[Letter], site: Site) -> None:
    """Programs that look for viruses open all links, often before people do."""
    before = await dump()
    links = sorted({link for one in letters for link in one.links if link.startswith(HERE)})
    found = {}
    async with living(site), AsyncClient(transport=ASGITransport(site), base_url=HERE) as client:
        for link in links:
            found[link] = (await client.get(link)).status_code
            await client.head(link)
    # Whoever was told of the date is forgotten, and with them what their first link led to.
    (forgotten,) = [link for link, status in found.items() if status == 404]
    assert "/bescheid/" in forgotten
    # Pages of the office ask who is there first.
    to_sign_in = {link for link in links if link.startswith(f"{HERE}/team/ergebnisse")}
    wanted = {link: 303 if link in to_sign_in else 200 for link in links if link != forgotten}
    assert {link: status for link, status in found.items() if link != forgotten} == wanted
    assert len(links) > 40
    assert await dump() == before


async def test_the_text_says_where_every_link_of_the_html_leads(letters: list[Letter]) -> None:
    for one in letters:
        lines = text_of(one.mail).splitlines()
        absent = set(_Page.of(one.html).links) - set(lines)
        assert absent == set() or one.kind in ("message", "follow_up"), (one.kind, absent)
        assert all(link in text_of(one.mail) for link in absent)


async def test_the_html_loads_nothing_and_is_short(letters: list[Letter]) -> None:
    for one in letters:
        assert not re.search(r"<(img|link|script|iframe|form)\b|url\(|@import|srcset", one.html), one.kind
        assert len(one.html.encode()) < LARGEST_HTML / 5, one.kind


async def test_language_and_direction_are_those_of_the_recipient(letters: list[Letter]) -> None:
    for one in letters:
        asked = "de" if one.kind == "message" and one.language not in ("de", "ar") else one.language
        assert f'<html lang="{asked}" dir="{LANGUAGES[asked].dir}">' in one.html, one.kind
        assert one.mail["Content-Language"] == asked


async def test_the_subject_begins_with_how_it_stands(letters: list[Letter]) -> None:
    for one in of(letters, set(STATUS_WORDS)):
        word = STATUS_WORDS[one.kind]
        if one.language == "de":
            assert one.mail["Subject"].startswith(word), one.kind
    for kind, word in STATUS_WORDS.items():
        subjects = [one.mail["Subject"] for one in letters if one.kind == kind]
        assert all(subjects) and not any("\n" in subject for subject in subjects), word


async def test_every_mail_says_who_writes_and_how_to_reach_them(letters: list[Letter]) -> None:
    ours = await office()
    wanted = (ours.name, ours.county, ours.street, ours.postcode_and_town, ours.phone, ours.email)
    for one in letters:
        with speaking(str(one.mail["Content-Language"])):
            assert all(words in text_of(one.mail) and words in one.html for words in wanted), one.kind


async def test_every_mail_says_that_a_machine_wrote_it_and_takes_answers(letters: list[Letter]) -> None:
    for one in letters:
        mail = one.mail
        assert mail["Auto-Submitted"] == "auto-generated" and mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
        assert mail["Reply-To"] and mail["From"] and mail["Date"] and len(mail["To"].addresses) == 1
        assert re.fullmatch(r"<[0-9a-f-]{36}@example\.org>", mail["Message-ID"])
    assert len({one.mail["Message-ID"] for one in letters}) == len(letters)


async def test_only_mails_to_many_can_be_unsubscribed_from(letters: list[Letter]) -> None:
    for one in letters:
        names = [one.mail[name] for name in ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post")]
        assert all(names) if one.kind in TO_MANY else not any(names), one.kind
        assert (one.mail["Precedence"] == "bulk") == (one.kind in TO_MANY)


async def test_what_follows_another_mail_says_which(letters: list[Letter]) -> None:
    """Programs then show both as one conversation."""
    sent: dict[str, str] = {}
    for one in letters:
        reference = one.mail["References"]
        assert reference == one.mail["In-Reply-To"]
        if one.kind in FIRST:
            assert reference is None, one.kind
        elif reference is None:
            assert one.mail["To"] not in sent, (one.kind, one.mail["To"])
        else:
            assert sent[reference] == one.mail["To"], one.kind
        sent |= {one.mail["Message-ID"]: one.mail["To"], one.mail["To"]: one.kind}


async def test_only_what_changes_a_calendar_holds_a_calendar_part(letters: list[Letter]) -> None:
    with_one = {one.kind for one in letters if calendar_of(one.mail)}
    assert with_one <= {
        "back_to_waiting", "called_off", "cancelled", "confirmation", "date_dropped", "moved", "moved_up",
        "registered_by", "substituted",
    }  # fmt: skip
    assert {"moved", "moved_up", "confirmation"} <= with_one


async def test_no_mail_names_more_people_than_its_own(letters: list[Letter]) -> None:
    """Strangers of the same event stand in none."""
    for one in letters:
        others = {"Bela", "Cem", "Doro", "Emre", "Fadi", "Gül", "Hoda"} - {one.mail["To"].split("@")[0].title()}
        said = re.sub(r"https?://\S+", "", text_of(one.mail))  # what a token spells is chance
        assert not any(name in said for name in others), one.kind
