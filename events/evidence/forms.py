"""What staff may type when they close or correct a date."""

from typing import Annotated

from msgspec import Meta, Struct

from events.evidence.rules import LONGEST_DATE
from events.kit.forms import MultilineText


class ClosingForm(Struct):
    """Minutes left empty: the length less breaks."""

    countable_minutes: Annotated[int, Meta(ge=0, le=LONGEST_DATE)] | None = None
    note: Annotated[MultilineText, Meta(max_length=1000)] = ""
