"""What can be chosen on the page that says whom a mailing goes to."""

from typing import Any

from events.invitations.mailings.audiences import Audience
from events.kit.clock import now
from events.kit.translation import LANGUAGES, day, localized
from events.kit.translation import gettext as _
from events.office.queries import cities
from events.programme.brief import BriefEvent, next_and_last
from events.programme.queries import programmes, series_choices
from events.programme.wording import ORGANISATION_KINDS
from events.registration.wording import STATUSES as WORDS
from events.web.staff.mailing_forms import STATUSES
from events.web.staff.mailing_words import names_behind

COMING, PAST = 80, 40
"""So many events one can choose from, the nearest in time; others are reached from the list of their registrations."""


async def audience_choices(audience: Audience) -> dict[str, Any]:
    """By field, pairs of value and text. The events are the coming ones first, without those chosen already."""
    names = await names_behind([audience]) if audience.source == "events" else {}
    events = await next_and_last(now(), COMING, PAST) if audience.source == "events" else []
    offers = [(str(one.id), one.name) for one in await programmes()]
    return {
        "chosen": [(str(id), names[id]) for id in audience.ids if id in names],
        "events": [(str(one.id), _named(one)) for one in events if one.id not in audience.ids],
        "series": [(str(id), localized(title).text) for id, title in await series_choices()],
        "programmes": offers,
        "topics": offers,
        "statuses": [(code, _capital(_(WORDS[code]))) for code in STATUSES],
        "cities": [(city, city) for city in dict.fromkeys((*await cities(), *audience.cities))],
        "kinds": [(code, _(text)) for code, text in ORGANISATION_KINDS.items()],
        "languages": [(code, language.name) for code, language in LANGUAGES.items()],
    }


def _named(event: BriefEvent) -> str:
    title = localized(event.title).text
    return f"{title}, {day(event.starts_at)}" if event.starts_at else title


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
