"""Single steps of the build on a few lines of CSS."""

import pytest

from events.assets.colours import plain_colours
from events.assets.logical import logical
from events.assets.stylesheet import read, write
from events.assets.used import without_idle_properties, without_unused


@pytest.mark.parametrize(
    ("physical", "turned"),
    [
        ("margin-left:1px", "margin-inline-start:1px"),
        ("right:0", "inset-inline-end:0"),
        ("border-left:1px solid", "border-inline-start:1px solid"),
        ("border-right-color:red", "border-inline-end-color:red"),
        ("border-top-left-radius:4px", "border-start-start-radius:4px"),
        ("text-align:right", "text-align:end"),
        ("float:left", "float:inline-start"),
        ("clear:left", "clear:both"),
        ("padding:1px 2px 3px 2px", "padding:1px 2px 3px 2px"),
        (
            "padding:1px 2px 3px var(--a, 4px)",
            "padding-top:1px;padding-inline-end:2px;padding-bottom:3px;padding-inline-start:var(--a,4px)",
        ),
        ("border-radius:0 0 4px 4px", "border-radius:0 0 4px 4px"),
        (
            "border-radius:1px 2px 3px 4px",
            "border-start-start-radius:1px;border-start-end-radius:2px;border-end-end-radius:3px;border-end-start-radius:4px",
        ),
        ("--space-left:1px", "--space-left:1px"),
    ],
)
def test_directions_are_turned_and_nothing_else(physical: str, turned: str) -> None:
    assert write(logical(read(f"a{{{physical}}}"))) == f"a{{{turned}}}\n"


@pytest.mark.parametrize(
    ("modern", "plain"),
    [
        ("oklch(100% 0 0)", "#fff"),
        ("oklch(0% 0 0)", "#000"),
        ("oklch(62.8% 0.2577 29.23)", "#f00"),
        ("oklch(0% 0 0 / 0.2)", "rgba(0,0,0,0.2)"),
        ("color-mix(in oklch, var(--b), transparent 92%)", "rgba(255,255,255,0.08)"),
        ("color-mix(in oklch, var(--b), black calc(100% - 100%))", "#fff"),
        ("color-mix(in oklch, white calc(0.5 * 100%), transparent)", "rgba(255,255,255,0.5)"),
    ],
)
def test_colours_become_plain(modern: str, plain: str) -> None:
    sheet = plain_colours(read(f":root{{--b:oklch(100% 0 0);--a:{modern}}}"))
    assert f"--a:{plain}" in write(sheet)


def test_a_colour_nobody_understands_stops_the_build() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        plain_colours(read(":root{--a:color-mix(in oklch, hotpink, white 5%)}"))


def test_a_selector_stays_only_with_all_its_classes() -> None:
    sheet = read(".kern-a,.kern-b .kern-c{x:1}.own{x:2}.kern-a:not(.kern-z){x:3}[data-kern-theme=dark]{x:4}")
    assert write(without_unused(sheet, {"kern-a", "kern-b"})) == ".kern-a{x:1}\n.own{x:2}\n.kern-a:not(.kern-z){x:3}\n"


def test_properties_are_kept_as_long_as_something_leads_to_them() -> None:
    sheet = read(":root{--a:var(--b);--b:1px;--c:2px}p{margin:var(--a)}")
    assert write(without_idle_properties(sheet)) == ":root{--a:var(--b);--b:1px}\np{margin:var(--a)}\n"


def test_media_queries_inside_each_other_become_one() -> None:
    assert (
        write(read("@media print{@media (min-width:1px){a{x:1}}}")) == "@media print and (min-width:1px){\na{x:1}\n}\n"
    )
