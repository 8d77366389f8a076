"""One page at a time of what a list of the team found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

ON_A_PAGE = 50

T = TypeVar("T")


@dataclass(frozen=True)
class PageOf(Generic[T]):
    """`page` counts from 1; `pages` is at least 1; `total` rows there are on all of them."""

    rows: Sequence[T]
    page: int
    pages: int
    total: int


def page_within(total: int, wanted: int) -> tuple[int, int]:
    """The page to show and how many there are; one that does not exist is the nearest one that does."""
    pages = max(1, -(-total // ON_A_PAGE))
    return min(max(wanted, 1), pages), pages


def page_of(found: Sequence[T], wanted: int) -> PageOf[T]:
    """A page that does not exist is the nearest one that does."""
    page, pages = page_within(len(found), wanted)
    return PageOf(found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], page, pages, len(found))
