"""The copies for times of trouble: bounded, a day old at most, forgotten with the address."""

from events.calendar_feeds.last_copies import LARGEST, LONGEST, MOST, LastCopies
from events.calendar_feeds.making import NEVER, Feed

SMALL = Feed(b"x" * 10, '"1"', None, "a")
HALF = Feed(b"x" * (LARGEST // 2), '"2"', None, "a")


def test_a_copy_stays_for_a_day() -> None:
    seconds = 0.0
    copies = LastCopies(lambda: seconds)
    copies.keep(("a", "de"), SMALL)
    seconds = LONGEST - 1
    assert copies.of(("a", "de")) is SMALL and copies.of(("a", "tr")) is None
    seconds = LONGEST
    assert copies.of(("a", "de")) is None


def test_the_oldest_make_room() -> None:
    copies = LastCopies()
    for number in range(MOST + 1):
        copies.keep((str(number), "de"), SMALL)
    assert copies.of(("0", "de")) is None and copies.of(("1", "de")) is SMALL
    for name in ("a", "b", "c"):
        copies.keep((name, "de"), HALF)
    assert copies.size <= LARGEST and copies.of(("c", "de")) is HALF
    copies.keep(("d", "de"), Feed(b"x" * (LARGEST + 1), '"3"', NEVER, "a"))
    assert copies.of(("d", "de")) is None


def test_a_withdrawn_address_is_forgotten_in_every_language() -> None:
    copies = LastCopies()
    for language in ("de", "ar"):
        copies.keep(("a", language), SMALL)
    copies.keep(("b", "de"), SMALL)
    copies.forget("a")
    assert copies.of(("a", "de")) is copies.of(("a", "ar")) is None and copies.of(("b", "de")) is SMALL
    assert copies.size == len(SMALL.content)
