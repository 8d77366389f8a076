"""From what was typed as an organisation to one of our list, where it is clear which one. Pure."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from events.kit.text import fold
from events.programme.views import OrganisationView


def suggestions(known: Sequence[OrganisationView]) -> list[str]:
    """What a field offers while somebody types: the name, with the city where several have the same name."""
    names = Counter(fold(one.name) for one in known)
    return [_with_city(one) if names[fold(one.name)] > 1 else one.name for one in known]


def organisation_named(typed: str, known: Sequence[OrganisationView]) -> UUID | None:
    """None when nothing was typed, nobody is called so, or several are."""
    wanted = fold(typed)
    found = [one.id for one in known if wanted and wanted in (fold(one.name), fold(_with_city(one)))]
    return found[0] if len(found) == 1 else None


def by_name(known: Sequence[OrganisationView]) -> dict[str, UUID]:
    """By folded name, for many at once; of two with the same name none is meant."""
    often = Counter(fold(one.name) for one in known)
    return {name: one.id for one in known if often[name := fold(one.name)] == 1}


def _with_city(one: OrganisationView) -> str:
    return f"{one.name} ({one.city})" if one.city else one.name
