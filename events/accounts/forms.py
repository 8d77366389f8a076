"""What people may type to sign in."""

from typing import Annotated

from msgspec import Meta, Struct

from events.accounts.rules import LONGEST_PASSWORD


class SignInForm(Struct):
    """Longer texts than any address or password are refused before they cost time."""

    email: Annotated[str, Meta(max_length=320)]
    password: Annotated[str, Meta(max_length=LONGEST_PASSWORD)]
    weiter: Annotated[str, Meta(max_length=2000)] = ""
