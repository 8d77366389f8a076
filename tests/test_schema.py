"""The first stone: all tables and indexes exist on both databases."""

from events.office.tables import City


async def test_a_fresh_database_takes_and_returns_a_row(db: None) -> None:
    await City(name="Marl", position=1).save()
    assert [city.name for city in await City.objects()] == ["Marl"]
