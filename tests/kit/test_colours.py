"""Contrast as WCAG defines it, and the next colour that can be read."""

import pytest

from events.kit.colours import (
    BLACK,
    DARK_GROUND,
    LIGHT_GROUND,
    READABLE,
    WHITE,
    contrast,
    contrast_pressed,
    is_colour,
    mixed,
    readable_in_the_dark,
)

SHEET_OF_MAILS = "#16181f"  # in the dark: templates/mail/styles.html


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (WHITE, BLACK, 21.0), (WHITE, WHITE, 1.0), ("#777777", WHITE, 4.48), ("#767676", WHITE, 4.54),
        ("#2044aa", WHITE, 8.51), ("#ff0000", WHITE, 4.0),
    ],
)  # fmt: skip
def test_known_ratios_come_out(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05) == contrast(other, one)


@pytest.mark.parametrize("colour", ["#000000", "#2044aa", "#7a1f5c", "#004d00", "#330000", "#ffffff"])
def test_in_the_dark_a_colour_gets_lighter_until_it_can_be_read(colour: str) -> None:
    found = readable_in_the_dark(colour)
    assert all(contrast_pressed(found, ground) >= READABLE for ground in (DARK_GROUND, BLACK))
    assert contrast(found, SHEET_OF_MAILS) >= READABLE
    assert found == colour or contrast(found, BLACK) > contrast(colour, BLACK)


def test_what_is_pressed_stands_apart_a_little_less() -> None:
    assert contrast("#db046b", LIGHT_GROUND) >= READABLE > contrast_pressed("#db046b", LIGHT_GROUND)
    assert contrast_pressed("#2044aa", LIGHT_GROUND) >= READABLE


def test_mixing_ends_at_the_other_colour() -> None:
    assert (mixed("#2044aa", WHITE, 0), mixed("#2044aa", WHITE, 1), mixed(BLACK, WHITE, 0.5)) == (
        "#2044aa", "#ffffff", "#808080",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [("#2044aa", True), ("#2044AA", False), ("2044aa", False), ("#12", False)]
)
def test_only_six_small_digits_are_a_colour(text: str, expected: bool) -> None:
    assert is_colour(text) is expected
