"""Events by the words somebody types, however they spell them; in SQL, so that the databases read their index."""

from functools import reduce
from operator import or_

from piccolo.columns.combination import WhereRaw
from piccolo.custom_types import Combinable

from events.kit.text import spellings

MOST_WORDS = 10
"""Each costs three comparisons; more make the statement longer than PostgreSQL likes to plan."""


def told_in(search: str) -> list[Combinable]:
    """One condition for each word: it stands somewhere in the texts of the event. Asks the first ten words."""
    words = list(dict.fromkeys(search.split()))[:MOST_WORDS]
    return [reduce(or_, (_has(one) for one in spellings(word))) for word in words]


def _has(folded: str) -> WhereRaw:
    literal = folded.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return WhereRaw('"event"."search_text" LIKE {} ESCAPE {}', f"%{literal}%", "!")
