"""Organisations: finding and changing them, and what belongs to what."""

from uuid import UUID, uuid4

import pytest

from events.history.queries import history_of
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import NotFound, Refused
from events.programme.details import OrganisationDetails
from events.programme.organisations import OrganisationSearch, edit_organisation
from events.programme.queries import OrganisationView, organisations
from tests.factories import make_organisation


async def edit(id: UUID, name: str = "Kita Regenbogen", kind: str = "institution", **details: object) -> None:
    await edit_organisation(id, OrganisationDetails(name, kind, **details), by=SYSTEM, now=now())  # type: ignore[arg-type]


async def stored(id: UUID) -> OrganisationView:
    return next(one for one in await organisations() if one.id == id)


async def found(**search: object) -> list[str]:
    return [one.name for one in await organisations() if OrganisationSearch(**search).finds(one)]  # type: ignore[arg-type]


async def test_a_change_is_told_with_the_name_before_and_after(db: None) -> None:
    body, kita = await make_organisation("Kita-Werk", "body"), await make_organisation()
    await edit(kita, "Kita Sonnenschein", parent_id=body, city="Herten")
    assert await stored(kita) == OrganisationView(kita, "Kita Sonnenschein", "institution", body, "Herten")
    assert await found(text="sonnenschein") == ["Kita Sonnenschein"]
    [line] = [line for line in await history_of("organisation", kita) if line.verb == "edited"]
    assert line.facts == {
        "changed": ["name", "parent", "city"], "name": ["Kita Regenbogen", "Kita Sonnenschein"],
    }  # fmt: skip


async def test_nothing_changed_is_nothing_told(db: None) -> None:
    kita = await make_organisation(city="Marl")
    await edit(kita, city="Marl")
    assert [line.verb for line in await history_of("organisation", kita)] == ["created"]


async def test_no_organisation_belongs_to_itself_however_far_around(db: None) -> None:
    top = await make_organisation("Verband", "association")
    middle = await make_organisation("Kita-Werk", "body", parent_id=top)
    low = await make_organisation("Kita Regenbogen", parent_id=middle)
    for parent in (top, middle, low):
        with pytest.raises(Refused) as refused:
            await edit(top, "Verband", "association", parent_id=parent)
        assert [one.code for one in refused.value.reasons] == ["body_of_itself"]
    await edit(low, parent_id=top)
    assert (await stored(low)).parent_id == top


async def test_a_name_and_a_known_kind_are_needed(db: None) -> None:
    kita = await make_organisation()
    with pytest.raises(Refused) as refused:
        await edit(kita, " ", "Kindergarten", parent_id=uuid4())
    assert [one.code for one in refused.value.reasons] == ["no_name", "unknown_choice", "unknown_choice"]
    with pytest.raises(NotFound):
        await edit(uuid4())


async def test_it_is_found_by_any_words_of_its_name_kind_body_and_city(db: None) -> None:
    body = await make_organisation("Träger Süd", "body", city="Marl")
    await make_organisation("Kita Gökkuşağı", parent_id=body, city="Marl")
    await make_organisation("Kita Regenbogen", city="Herten")
    assert await found(text="gokkusagi kita") == ["Kita Gökkuşağı"]
    assert await found(kind="body") == ["Träger Süd"]
    assert await found(parent_id=body) == ["Kita Gökkuşağı"]
    assert await found(city="Herten") == ["Kita Regenbogen"]
    assert await found(text="kita", city="Datteln") == []
    assert len(await found()) == 3
