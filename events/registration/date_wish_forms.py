"""What people type who want to hear when a date is fixed: an address, and nothing else."""

from typing import Annotated

import msgspec
from msgspec import Meta

from events.kit.forms import EmailAddress


class DateWishForm(msgspec.Struct, kw_only=True):
    """`rendered` and `website` are for the spam checks."""

    email: EmailAddress
    rendered: Annotated[str, Meta(max_length=200)] = ""
    website: Annotated[str, Meta(max_length=200)] = ""
