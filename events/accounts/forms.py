"""What people may type to sign in, and about accounts."""

from typing import Annotated

from msgspec import Meta, Struct

from events.accounts.rules import LONGEST_PASSWORD, Role
from events.kit.forms import EmailAddress

Password = Annotated[str, Meta(max_length=LONGEST_PASSWORD)]


class SignInForm(Struct):
    """Longer texts than any address or password are refused before they cost time."""

    email: Annotated[str, Meta(max_length=320)]
    password: Annotated[str, Meta(max_length=LONGEST_PASSWORD)]
    weiter: Annotated[str, Meta(max_length=2000)] = ""


class CodeForm(Struct):
    """Of the app or of the paper, with spaces as people type them."""

    code: Annotated[str, Meta(max_length=40)]


class SetUpForm(CodeForm):
    """`password` stays empty for those who come from the sign-in service and have none."""

    password: Annotated[str, Meta(max_length=LONGEST_PASSWORD)] = ""


class AddressForm(Struct):
    email: EmailAddress


class NewPasswordForm(Struct):
    password: Password


class ChangePasswordForm(Struct):
    old_password: Password
    password: Password


class InviteForm(Struct):
    name: Annotated[str, Meta(max_length=120)]
    email: EmailAddress
    role: Role


class RoleForm(Struct):
    role: Role
