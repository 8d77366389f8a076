"""The office's own colour as a stylesheet of its own: its address holds the colour, so that it never changes."""

from litestar import Response, get
from litestar.params import FromPath

from events.kit.colours import BLACK, HOVERED, PRESSED, WHITE, mixed, readable_in_the_dark
from events.kit.refusals import NotFound
from events.office.rules import why_not_this_colour
from events.web.static_files import YEAR

ENDING = ".css"

SHEET = """:root{{--kern-color-action-default:{light};\
--kern-color-action-state-indicator-shade-hover:{light_hover};\
--kern-color-action-state-indicator-shade-active:{light_active};\
--kern-color-action-state-indicator-tint-hover-opacity:{light}{hovered};\
--kern-color-action-state-indicator-tint-active-opacity:{light}{pressed}}}
@media screen and (prefers-color-scheme:dark){{:root{{--kern-color-action-default:{dark};\
--kern-color-action-state-indicator-shade-hover:{dark_hover};\
--kern-color-action-state-indicator-shade-active:{dark_active};\
--kern-color-action-state-indicator-tint-hover-opacity:{dark}{hovered};\
--kern-color-action-state-indicator-tint-active-opacity:{dark}{pressed}}}}}
"""
"""KERN's tokens of what can be clicked. What is pressed moves away from the colour of the text on it."""


@get("/farben/{name:str}", include_in_schema=False, sync_to_thread=False)
def own_colours(name: FromPath[str]) -> Response[str]:
    """404 for what is no colour or could not be read."""
    colour = f"#{name.removesuffix(ENDING)}"
    if not name.endswith(ENDING) or why_not_this_colour(colour) is not None:
        raise NotFound
    return Response(sheet(colour), media_type="text/css; charset=utf-8", headers={"Cache-Control": YEAR})


def sheet(colour: str) -> str:
    """In the dark the next lighter colour that can be read, with black text on it."""
    dark = readable_in_the_dark(colour)
    return SHEET.format(
        light=colour,
        light_hover=mixed(colour, BLACK, 0.12),
        light_active=mixed(colour, BLACK, 0.24),
        dark=dark,
        dark_hover=mixed(dark, WHITE, 0.12),
        dark_active=mixed(dark, WHITE, 0.24),
        hovered=_opacity(HOVERED),
        pressed=_opacity(PRESSED),
    )


def _opacity(share: float) -> str:
    """As the last two digits of `#rrggbbaa`."""
    return f"{round(share * 255):02x}"


handlers = (own_colours,)
