"""Events by the words somebody types, however they spell them; in SQL, so that the databases read their index."""

from functools import reduce
from operator import or_

from piccolo.columns.combination import WhereRaw
from piccolo.custom_types import Combinable

from events.kit.text import spellings


def told_in(search: str) -> list[Combinable]:
    """One condition for each word: it stands somewhere in the texts of the event."""
    return [reduce(or_, (_has(one) for one in spellings(word))) for word in search.split()]


def _has(folded: str) -> WhereRaw:
    literal = folded.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return WhereRaw('"event"."search_text" LIKE {} ESCAPE {}', f"%{literal}%", "!")
