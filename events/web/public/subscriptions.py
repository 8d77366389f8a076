"""Addresses that open a calendar program with one of our calendars already filled in."""

from urllib.parse import quote, urlencode


def subscriptions(address: str, name: str) -> dict[str, str]:
    """By program: any that is installed, Google Calendar, Outlook on the web."""
    webcal = "webcal://" + address.partition("://")[2]
    ours = urlencode({"url": address, "name": name}, quote_via=quote, safe="")
    return {
        "webcal": webcal,
        # Google takes https addresses for calendars of its own and wants webcal.
        "google": f"https://calendar.google.com/calendar/render?cid={quote(webcal, safe='')}",
        "outlook": f"https://outlook.live.com/calendar/0/addfromweb?{ours}",
    }
