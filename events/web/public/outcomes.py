"""What the workshops of a series led to, as far as the office has released it."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from litestar import Response, get
from litestar.params import FromPath

from events.kit.refusals import NotFound
from events.outcomes.queries import OutcomeView, released_of_series
from events.outcomes.status import NAMES
from events.programme.queries import series_by_slug
from events.web.templating import page


@get("/reihen/{slug:str}/ergebnisse", opt={"kept": True}, include_in_schema=False)
async def show_outcomes(slug: FromPath[str]) -> Response[bytes]:
    series = await series_by_slug(slug)
    steps = await released_of_series(series.id) if series else []
    if series is None or not steps:
        raise NotFound
    return page(
        "public/outcomes/show.html",
        series=series,
        workshops=[(event, _by_field(found)) for event, found in groupby(steps, key=lambda one: one.event)],
        names=NAMES,
    )


def _by_field(steps: Iterable[OutcomeView]) -> Mapping[str, list[OutcomeView]]:
    """In the order of the first step of each field."""
    found: dict[str, list[OutcomeView]] = {}
    for one in steps:
        found.setdefault(one.details.field, []).append(one)
    return found


handlers = (show_outcomes,)
