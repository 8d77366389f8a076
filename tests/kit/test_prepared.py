"""A SELECT put together once gives what the same SELECT put together anew gives."""

import pytest

from events.kit.prepared import PreparedSelect
from events.programme.tables import Event, EventPartner, Programme
from tests.factories import make_event, make_organisation, make_programme


async def test_it_finds_what_the_usual_query_finds(db: None) -> None:
    programme = await make_programme("Rucksack")
    await make_event("Anfang", programme=programme)
    await make_event("Ende", programme=programme)
    await make_event("Anderes")
    columns = (Event.slug, Event.title, Event.programme.name.as_alias("programme_name"))
    prepared = PreparedSelect(Event, columns, order='"event"."slug"')
    usual = Event.select(*columns).order_by(Event.slug)
    assert await prepared.where() == await usual
    wanted = (Event.programme == programme, Event.status.is_in(["published"]), Event.programme.name == "Rucksack")
    found = await prepared.where(*wanted)
    assert [row["programme_name"] for row in found] == ["Rucksack", "Rucksack"]
    assert found == await Event.select(*columns).where(*wanted).order_by(Event.slug)


async def test_what_was_asked_before_leaves_nothing_behind(db: None) -> None:
    await make_organisation("Kita {Regenbogen}")
    prepared = PreparedSelect(Programme, (Programme.name,))
    assert await prepared.where(Programme.name == "{}") == []
    await make_programme("{}")
    assert await prepared.where(Programme.name == "{}") == [{"name": "{}"}]
    assert await PreparedSelect(EventPartner, (EventPartner.role,)).where() == []


def test_values_belong_to_the_conditions() -> None:
    with pytest.raises(ValueError, match="columns only"):
        PreparedSelect(Programme, (Programme.position + 1,))  # type: ignore[arg-type]
