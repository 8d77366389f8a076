"""Two events with everything that has an address, one of them of people nobody may hear of; ways to ask wrongly."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from litestar.routes import HTTPRoute

from events.accounts.tokens import new_token
from events.contacts.links import contact_token
from events.feedback.answering import room_address
from events.feedback.rounds import Round, open_round, round_of
from events.groups.institution_actions import send_institution_link, set_contact
from events.groups.institutions import institution_by_id, institution_token
from events.invitations.invited import invitation_token
from events.kit import links
from events.kit.actor import SYSTEM
from events.kit.feed_addresses import feed_token
from events.mail.opt_outs import unsubscribe_token
from events.piccolo_app import APP_CONFIG
from events.programme.offered import series_by_id
from events.programme.partners import partner_token
from events.programme.previews import preview_address
from events.programme.queries import EventView
from events.programme.trainer_links import trainer_address
from events.registration.actions import register
from events.registration.date_wishes import wish_address, wish_for_date
from events.registration.links import booking_token, receipt_token
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from events.registration.tables import DateWish
from events.settings import settings
from events.topics.queries import voice_address
from events.topics.tables import TopicVoice
from events.web.wrapper import Site
from tests.factories import make_event
from tests.web.objects import parameters
from tests.web.staff.conftest import NOW

SIGN = "zirbelnuss"
"""In every name of the event nobody else may see: found in an answer, somebody was told too much."""

STRANGER = Person("Zirbelnuss", "Zirbelnuss", f"{SIGN}@example.org", phone="+49 2361 532222", city="Zirbelnuss")
NAMES = ("given_name", "family_name", "name", "phone", "label", "subject")
NOT_PEOPLE = {"programme", "organisation", "venue", "series", "staff_member"}

PURPOSES = (
    "booking", "participant", "receipt", "invitation", "date_wish", "contact", "unsubscribe", "feed",
    "participant-feed", "staff-feed", "partner", "institution", "feedback", "topic", "preview", "trainer",
)  # fmt: skip

OPENED_BY = {
    "/anmeldung/": ("booking", "participant"),
    "/einladung/": ("invitation",),
    "/bescheid/": ("date_wish",),
    "/verteiler/": ("contact",),
    "/abmelden/": ("unsubscribe",),
    "/kalender/persoenlich/": ("feed", "participant-feed", "staff-feed"),
    "/partner/": ("partner",),
    "/einrichtung/": ("institution",),
    "/feedback/": ("feedback",),
    "/themenwuensche/": ("topic",),
    "/vorschau/": ("preview",),
    "/team/zugang/": ("trainer",),
    "/team/kennwort/": ("password",),
    "/team/einladung/": ("set-up",),
}
"""The purposes of links that open a page whose address has a `token`."""

Values = Mapping[str, str]


@dataclass(frozen=True)
class Way:
    """A method and an address with gaps, `GET /team/veranstaltungen/{event_id}`."""

    method: str
    path: str

    @property
    def gaps(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.path)

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def token_prefix(self) -> str:
        return self.path.partition("{token}")[0] if "{token}" in self.path else ""

    def filled(self, values: Values) -> str:
        return self.path.format(**values)


@dataclass(frozen=True)
class Story:
    """`values`: what stands in the gaps of addresses, `tokens`: by purpose."""

    event: EventView
    values: Values
    tokens: Values
    slugs: Values

    def of(self, way: Way) -> dict[str, str]:
        """With the short name and the link that belong into this very address."""
        found = dict(self.values)
        for prefix, slug in self.slugs.items():
            found |= {"slug": slug} if way.path.startswith(prefix) else {}
        opened_by = OPENED_BY.get(way.token_prefix, ())
        return found | ({"token": self.tokens[opened_by[0]]} if opened_by else {})


def ways(site: Site) -> list[Way]:
    """All there are; what browsers ask of their own accord (HEAD, OPTIONS) is the same as GET or nothing."""
    found = [
        Way(method, re.sub(r":\w+\}", "}", route.path) + (".ics" if "persoenlich" in route.path else ""))
        for route in site.routes
        if isinstance(route, HTTPRoute)
        for method in sorted(route.methods - {"OPTIONS", "HEAD"})
    ]
    return sorted(found, key=lambda way: (way.path, way.method))


def wrongly_filled(way: Way, own: Values, foreign: Values, without_parent: Iterable[str]) -> Iterator[str]:
    """What is not there, what is of another kind, and what belongs to something else than the address says."""
    for number, gap in enumerate(way.gaps):
        is_id = gap.endswith("_id")
        yield way.filled({**own, gap: str(uuid4()) if is_id else "gibt-es-nicht"})
        if is_id:
            yield way.filled({**own, gap: own["venue_id" if gap != "venue_id" else "event_id"]})
        if number and gap not in without_parent:
            yield way.filled({**own, gap: foreign[gap]})
            yield way.filled({**foreign, gap: own[gap]})


async def told(event: EventView) -> Story:
    """Everything about an event that has people already."""
    (one, *_) = await registrations_of(event.id)
    values = await parameters(event)
    tokens = {
        "booking": booking_token(one.booking_id, 1),
        "receipt": receipt_token(one.booking_id),
        "feed": feed_token("feed", one.booking_id, 1),
        **await _tokens_of_others(event, values),
    }
    more = {"receipt": tokens["receipt"], "number": "7K3QM9XR2T", "name": "app.css"}
    series = await series_by_id(UUID(values["series_id"]))
    slugs = {
        "/veranstaltungen/": event.slug,
        "/reihen/": series.slug if series else "",
        "/team/programme/": event.programme_slug,
        "/team/einstellungen/seiten/": "impressum",
    }
    return Story(event, {**values, **more}, tokens, slugs)


async def told_of_strangers(event: EventView) -> Story:
    """The same, but every name in it bears the sign."""
    before = {table: set(await _keys(table)) for table in _tables()}
    await register(SignUp((event.id,), (STRANGER,), STRANGER.email, source="office"), by=SYSTEM, now=NOW)
    story = await told(event)
    for table in _tables():
        columns = {name: "Zirbelnuss" for name in NAMES if name in {one._meta.name for one in table._meta.columns}}
        new = set(await _keys(table)) - before[table]
        if columns and new and table._meta.tablename not in NOT_PEOPLE:
            await table.update(columns, force=True).where(table._meta.primary_key.is_in(list(new)))
    return story


async def _tokens_of_others(event: EventView, values: Values) -> dict[str, str]:
    member = UUID(values["staff_id"])
    asked = await _round(event)
    voice = await TopicVoice.objects().get(TopicVoice.topic == UUID(values["topic_id"]))
    assert voice is not None
    return {
        "invitation": invitation_token(UUID(values["invitation_id"]), 1),
        "date_wish": await _wish(event),
        "contact": contact_token(UUID(values["contact_id"]), 1),
        "unsubscribe": unsubscribe_token(f"{event.slug}@example.org"),
        "staff-feed": feed_token("staff-feed", member, 1),
        "partner": partner_token(UUID(values["partner_id"]), 1),
        "institution": await _institution(UUID(values["organisation_id"])),
        "feedback": room_address(asked, "de").rpartition("/")[2],
        "topic": voice_address(voice.id, 1, "de").rpartition("/")[2],
        "preview": preview_address(await make_event(published=False)).rpartition("/")[2],
        "trainer": trainer_address(UUID(values["trainer_id"]), 1).rpartition("/")[2],
        "password": await new_token(member, "password", NOW),
        "set-up": await new_token(member, "invitation", NOW),
    }


async def _round(event: EventView) -> Round:
    over = await make_event(starts_in=timedelta(days=-1), programme=event.programme_id)
    await open_round(over.id, by=SYSTEM, now=NOW)
    found = await round_of(over.id)
    assert found is not None
    return found


async def _institution(id: UUID) -> str:
    await set_contact(id, "Zirbelnuss", STRANGER.email, by=SYSTEM, now=NOW)
    await send_institution_link(id, by=SYSTEM, now=NOW)
    known = await institution_by_id(id)
    assert known is not None
    return institution_token(id, known.link_version)


async def _wish(event: EventView) -> str:
    later = await make_event(dates=0, starts_in=timedelta(days=30), programme=event.programme_id)
    await wish_for_date(later.id, "elif@example.org", "de", now=NOW)
    (wish,) = await DateWish.objects().where(DateWish.event == later.id)
    return wish_address(wish.id, 1, "de").rpartition("/")[2]


def other_purposes(token: str, known: Iterable[str]) -> Iterator[str]:
    """Links to the very same row, made for every purpose but those."""
    given = links.read(token)
    for purpose in PURPOSES if given else ():
        if given and purpose not in known:
            yield links.derive(settings().secret_key, purpose, given.id, 1)


def _tables() -> list[Any]:
    return list(APP_CONFIG.table_classes)


async def _keys(table: Any) -> list[Any]:
    key = table._meta.primary_key
    return [row[key._meta.name] for row in await table.select(key)]
