"""Mails of every kind with invented people and an invented event, to look at. Their links open nobody's page."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from markupsafe import Markup

from events.kit.clock import BERLIN, berlin
from events.kit.translation import LANGUAGES, Localized, language_prefix, localized, speaking
from events.mail.rendering import Texts, rendered
from events.office.views import OfficeView
from events.programme.entries import address_of
from events.programme.policy import Policy
from events.programme.queries import DateView, EventView
from events.registration.recipients import TO_ANYBODY, Line
from events.registration.wording import status_word
from events.settings import settings

NOBODY = UUID(int=0)
STATUS_OF = {
    "already_registered": "confirmed",
    "back_to_waiting": "waiting",
    "no_place": "waiting",
    "offer_over": "lapsed",
    "place_offered": "offered",
    "requested": "requested",
    "waiting": "waiting",
}
"""How the registration stands in this kind of mail; confirmed elsewhere."""

TITLE = {
    "de": "Zweisprachig aufwachsen",
    "en": "Growing up with two languages",
    "tr": "İki dilli büyümek",
    "ar": "النشأة بلغتين",
}
NAME, COLLEAGUE = "Maria Muster", "Kim Beispiel"


def sample(kind: str, language: str, office: OfficeView, now: datetime) -> Texts:
    """As somebody gets it, with the paragraph the office has added to this kind."""
    with speaking(language):
        return rendered(kind, language, _context(kind, language, office, now))


def _context(kind: str, language: str, office: OfficeView, now: datetime) -> dict[str, Any]:
    event = _event(now)
    title, address = localized(event.title, language).text, address_of(event, language)
    link = f"{settings().base_url}{language_prefix(language)}/beispiel"
    status = STATUS_OF.get(kind, "confirmed")
    return {
        "office": office,
        "name": "" if kind in TO_ANYBODY else NAME,
        "event": event,
        "title": title,
        "address": address,
        "link": link,
        "lines": [Line(title, event, status, 1, address)],
        "status_word": status_word,
        "message": "",
        "feed": "",
        **_of_changes(event, now),
        **_of_dates(event, link),
        **_of_invitations(link),
        **_of_other_kinds(title, link, now),
    }


def _of_changes(event: EventView, now: datetime) -> Mapping[str, Any]:
    (date,) = event.dates
    day = timedelta(days=1)
    return {
        "date": date,
        "before": {"start": date.start - day, "end": date.end - day, "place": date.venue_name},
        "reason": "",
        "has_place": True,
        "is_invited": False,
        "is_leading": False,
        "until": now + day,
        "may_sign_up": True,
        "series": localized(TITLE).text,
        "contact": COLLEAGUE,
        "already": [localized(TITLE).text],
    }


def _of_dates(event: EventView, link: str) -> Mapping[str, Any]:
    """Reminders, what comes after a date, the evening before."""
    return {
        "number": 1,
        "parts": 1,
        "access": Localized("", "de"),
        "seats": [Line(NAME, event, "confirmed", 1, link)],
        "buttons": [(NAME, link)],
        "text": Localized("", "de"),
        "message_text": "",
        "registered": 12,
        "takes_sign_ups": True,
        "has_list": True,
        "by_link": False,
        "is_today": False,
    }


def _of_invitations(link: str) -> Mapping[str, Any]:
    return {"organisation": "", "places": 1, "hold_until": None, "unsubscribe": link, "inviter_name": COLLEAGUE}


def _of_other_kinds(title: str, link: str, now: datetime) -> Mapping[str, Any]:
    return {
        "subject": title,
        "greets": True,
        "body": Markup("<p>…</p>"),
        "body_text": "…",
        "is_registered": True,
        "has_event": True,
        "links": [{"titles": (title,), "address": link}],
        "sent_at": now,
        "asked_by": COLLEAGUE,
        **_of_helpers(title, now),
    }


def _of_helpers(title: str, now: datetime) -> Mapping[str, Any]:
    """To people in charge. Partners get what the other kinds hold."""
    events = [(title, _event(now).dates)]
    return {
        "named_by": "",
        "events": events,
        "signs_in_by_link": True,
        "ends_at": now + timedelta(days=30),
        **_of_the_office(title, now),
    }


def _of_the_office(title: str, now: datetime) -> Mapping[str, Any]:
    due_on = now.astimezone(BERLIN).date() + timedelta(days=14)
    step = {"step": "…", "title": title, "responsible": "…", "due_on": due_on, "is_overdue": False, "address": "…"}
    group = {"name": "…", "programme_name": title, "last_report": None, "started_on": due_on, "report_due_on": due_on}
    account = {"invited_by": COLLEAGUE, "role": "Planung"}
    return account | {"steps": [step], "groups": [group], "topic": title, "answer": "…"}


def _event(now: datetime) -> EventView:
    """Two weeks ahead, from half past five to half past eight."""
    day = now.astimezone(BERLIN).date() + timedelta(days=14)
    start, end = berlin(day, time(17, 30)), berlin(day, time(20, 30))
    return EventView(
        id=NOBODY, slug="beispiel", status="published", format="workshop", title=TITLE, summary={}, description={},
        audiences=(), languages=tuple(LANGUAGES), hints=(), capacity=20, policy=Policy(), programme_id=NOBODY,
        programme_slug="", programme_name="", family="other", kind="other", funding="", series_id=None,
        series_slug=None, series_title=None, starts_at=start, ends_at=end, called_off_reason={}, changed_at=now,
        turn=0, dates=(_date(start, end),),
    )  # fmt: skip


def _date(start: datetime, end: datetime) -> DateView:
    return DateView(
        id=NOBODY, event_id=NOBODY, start=start, end=end, break_minutes=0, venue_id=None, venue_name="Kreishaus",
        room="Saal 1", street="Musterallee 1", postcode="45657", city="Recklinghausen", latitude=None, longitude=None,
        is_online=False, join_link="", cancelled=False, uid="", sequence=0, content_changed_at=start,
    )  # fmt: skip
