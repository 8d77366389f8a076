"""What stands on a tally sheet: heads by dimension instead of names. Plain data for `templates/print/sheet.typ`."""

from collections.abc import Sequence
from itertools import groupby

from events.attendance.forms import count_rows
from events.attendance.sheets.lists import Heading, heading_data, title_of
from events.attendance.status import WITHOUT_VALUE
from events.attendance.wording import DIMENSIONS, SCOPES
from events.kit.translation import gettext as _
from events.programme.views import DateView, EventView


def tally_data(event: EventView, dates: Sequence[DateView], heading: Heading) -> dict[str, object]:
    """A row to make strokes in for each value the event asks for, and empty ones where more may turn up."""
    asked = [row for row in count_rows(event, (), "") if row.dimension != WITHOUT_VALUE]
    groups = [
        {"name": _(DIMENSIONS[dimension]), "values": [row.label for row in rows]}
        for dimension, rows in groupby(asked, key=lambda row: row.dimension)
    ]
    return {
        **heading_data(event, dates, heading),
        "title": _("Zählbogen: %(event)s", event=title_of(event)),
        "kind": _("Zählbogen ohne Namen"),
        "groups": [*groups, {"name": _(DIMENSIONS[WITHOUT_VALUE]), "values": [_("Alle zusammen")]}],
        "scopes": [_(text) for text in SCOPES.values()],
        "privacy": _("Bitte keine Namen eintragen: Ein Strich steht für eine Person."),
    }
