"""HTML forms into msgspec structs: every field is read, every mistake is told at once, nothing typed is lost.

How one value is read from its text is in `form_values`. What a form may also contain, but the struct does not name,
is ignored.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Protocol, TypeVar

import msgspec
from msgspec import Meta, inspect

from events.kit.form_values import (
    Wrong,
    longest_of,
    read_flag,
    read_mail_address,
    read_name,
    read_phone_number,
    read_value,
)
from events.kit.text import clean
from events.kit.translation import gettext as _

EmailAddress = Annotated[str, Meta(extra={"read": read_mail_address})]
"""At most 254 octets; the domain comes out as lower-case A-labels."""

PhoneNumber = Annotated[str, Meta(max_length=40, extra={"read": read_phone_number})]
Name = Annotated[str, Meta(max_length=120, extra={"read": read_name})]
GivenName = Annotated[str, Meta(min_length=1, max_length=120, extra={"read": read_name})]
MultilineText = Annotated[str, Meta(extra={"multiline": True})]
Ticked = Annotated[bool, Meta(extra={"must_be_ticked": True})]
"""A box without which the form is not complete."""

LONGEST_SENT = 80_000
"""Characters of any one text; longer ones are refused before they cost time."""

LONGEST_NUMBER = 6
"""Digits of the number of a repeated part."""

S = TypeVar("S", bound=msgspec.Struct)

_Collection = inspect.ListType | inspect.VarTupleType


class Form(Protocol):
    """What we need of a submitted form; other values than text (files) are left alone."""

    def getall(self, key: str, default: list[Any]) -> Iterable[Any]: ...

    def __iter__(self) -> Iterator[str]: ...


def parse_form(cls: type[S], form: Form, prefix: str = "") -> tuple[S | None, dict[str, str]]:
    """The filled struct, or None and by field name what is wrong; every name in the form begins with `prefix`.

    An empty field takes its default, or is wrong if it has none. An absent checkbox is False. Moments are UTC.
    """
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in _fields(cls):
        try:
            values |= field.read([text for text in form.getall(prefix + field.name, []) if isinstance(text, str)])
        except Wrong as wrong:
            errors[prefix + field.name] = str(wrong)
    return (None if errors else cls(**values)), errors


def typed(form: Form) -> dict[str, list[str]]:
    """What was typed, by field name, exactly as sent: to show the form again."""
    return {key: [text for text in form.getall(key, []) if isinstance(text, str)] for key in dict.fromkeys(form)}


def rows(form: Iterable[str], name: str) -> list[str]:
    """The prefixes of repeated parts in the order of their numbers: `people-0-`, `people-1-` of `people-1-email`."""
    numbers = {
        int(parts[1])
        for key in form
        if (parts := key.split("-", 2))[0] == name and len(parts) == 3 and _is_number(parts[1])
    }
    return [f"{name}-{number}-" for number in sorted(numbers)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


@dataclass(frozen=True)
class _Field:
    name: str
    attribute: str
    required: bool
    optional: bool
    """Whether None is one of its values."""

    kind: inspect.Type
    extra: Mapping[str, Any]

    def read(self, sent: list[str]) -> dict[str, Any]:
        """The attribute and its value; nothing when the default is to be taken. Raises `Wrong`."""
        self._refuse_endless(sent)
        filled = [text for text in sent if clean(text)]
        if isinstance(self.kind, inspect.BoolType) and not self.optional:
            return {self.attribute: self._ticked(sent)}
        if not filled:
            return self._nothing()
        if isinstance(self.kind, _Collection):
            return {self.attribute: self._several(filled, self.kind)}
        # The last one counts: an emptied field must not fall back to an earlier one of the same name.
        if not clean(sent[-1]):
            return self._nothing()
        return {self.attribute: read_value(self.kind, sent[-1], self.extra)}

    def _refuse_endless(self, sent: list[str]) -> None:
        typed = max(map(len, sent), default=0)
        if typed > LONGEST_SENT:
            longest = longest_of(self.kind, self.extra)
            raise Wrong(_("Bitte höchstens %(longest)s Zeichen, es sind %(typed)s.", longest=longest, typed=typed))

    def _ticked(self, sent: list[str]) -> bool:
        ticked = bool(sent) and read_flag(sent[-1])
        if self.extra.get("must_be_ticked") and not ticked:
            raise Wrong(_("Bitte setzen Sie hier ein Häkchen."))
        return ticked

    def _nothing(self) -> dict[str, Any]:
        if not self.required:
            return {}
        if isinstance(self.kind, _Collection):
            raise Wrong(_("Bitte wählen Sie mindestens eine Möglichkeit."))
        if isinstance(self.kind, inspect.LiteralType | inspect.EnumType | inspect.UUIDType | inspect.BoolType):
            raise Wrong(_("Bitte wählen Sie eine Möglichkeit."))
        raise Wrong(_("Bitte füllen Sie dieses Feld aus."))

    def _several(self, filled: list[str], kind: _Collection) -> Any:
        item = _plain(kind.item_type)
        # What is chosen twice is chosen once.
        items = list(dict.fromkeys(read_value(item.kind, text, item.extra) for text in filled))
        if len(items) < (kind.min_length or 0):
            raise Wrong(_("Bitte wählen Sie mindestens %(n)s.", n=kind.min_length))
        if kind.max_length is not None and len(items) > kind.max_length:
            raise Wrong(_("Bitte wählen Sie höchstens %(n)s.", n=kind.max_length))
        return tuple(items) if isinstance(kind, inspect.VarTupleType) else items


@cache
def _fields(cls: type[msgspec.Struct]) -> tuple[_Field, ...]:
    found = inspect.type_info(cls)
    if not isinstance(found, inspect.StructType):
        raise TypeError(f"{cls.__name__} is no struct")
    return tuple(
        _Field(field.encode_name, field.name, field.required, plain.optional, plain.kind, plain.extra)
        for field, plain in ((field, _plain(field.type)) for field in found.fields)
    )


@dataclass(frozen=True)
class _Plain:
    kind: inspect.Type
    extra: Mapping[str, Any]
    optional: bool


def _plain(kind: inspect.Type) -> _Plain:
    """The type without "or None", and what its `Meta` adds."""
    if isinstance(kind, inspect.Metadata):
        inner = _plain(kind.type)
        return _Plain(inner.kind, {**inner.extra, **(kind.extra or {})}, inner.optional)
    if isinstance(kind, inspect.UnionType) and kind.includes_none:
        others = [member for member in kind.types if not isinstance(member, inspect.NoneType)]
        if len(others) == 1:
            inner = _plain(others[0])
            return _Plain(inner.kind, inner.extra, True)
    return _Plain(kind, {}, False)
