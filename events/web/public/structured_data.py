"""An event in the words of schema.org, for search engines and regional calendars. Holds no names and no join links."""

from typing import Any

from events.kit.clock import BERLIN
from events.kit.markdown import as_text
from events.kit.translation import current_language, localized
from events.programme.entries import address_of
from events.programme.queries import DateView, EventView
from events.registration.signup import Seats


def event_data(event: EventView, seats: Seats, office_name: str, bookable: bool) -> dict[str, Any]:
    """https://schema.org/Event; several dates become its sub-events. No date, no data: a start is required."""
    dates = event.dates if event.is_called_off else event.coming_dates
    if not dates:
        return {}
    data = {
        "@context": "https://schema.org",
        **_occasion(event, dates),
        "description": _description(event),
        "inLanguage": ["de", *event.languages],
        "isAccessibleForFree": True,
        "organizer": {"@type": "Organization", "name": office_name},
        "offers": _offer(event, seats, bookable),
    }
    if event.capacity is not None:
        data["maximumAttendeeCapacity"] = event.capacity
    if len(dates) > 1:
        data["subEvent"] = [_occasion(event, (date,)) for date in dates]
    return data


def _occasion(event: EventView, dates: tuple[DateView, ...]) -> dict[str, Any]:
    return {
        "@type": "Event",
        "name": localized(event.title).text,
        "url": address_of(event, current_language()),
        "startDate": dates[0].start.astimezone(BERLIN).isoformat(),
        "endDate": dates[-1].end.astimezone(BERLIN).isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if event.is_called_off else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{_mode(dates)}EventAttendanceMode",
        "location": _locations(event, dates),
    }


def _mode(dates: tuple[DateView, ...]) -> str:
    ways = {date.is_online for date in dates}
    places = {bool(date.venue_id) for date in dates}
    if ways == {False}:
        return "Offline"
    return "Online" if places == {False} else "Mixed"


def _locations(event: EventView, dates: tuple[DateView, ...]) -> list[dict[str, Any]]:
    """The way in to an online event is its page: the link itself is for those who take part."""
    places = {date.venue_id: _place(date) for date in dates if date.venue_id}
    online = [{"@type": "VirtualLocation", "url": address_of(event, current_language())}]
    return [*places.values(), *(online if any(date.is_online for date in dates) else [])]


def _place(date: DateView) -> dict[str, Any]:
    address = {
        "streetAddress": date.street,
        "postalCode": date.postcode,
        "addressLocality": date.city,
        "addressCountry": "DE",
    }
    filled = {name: value for name, value in address.items() if value}
    return {"@type": "Place", "name": date.venue_name, "address": {"@type": "PostalAddress", **filled}}


def _offer(event: EventView, seats: Seats, bookable: bool) -> dict[str, Any]:
    is_free = bookable and seats.free != 0
    return {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{'InStock' if is_free else 'SoldOut'}",
        "url": address_of(event, current_language()),
    }


def _description(event: EventView) -> str:
    return localized(event.summary).text or as_text(localized(event.description).text)
