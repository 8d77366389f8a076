"""Signing up for a series: all of it, picked evenings, and what is left when one refuses."""

from datetime import timedelta

from httpx import AsyncClient

from events.registration.queries import registrations_of
from tests.factories import make_event, make_series
from tests.web.public.typing import other, send, typed, words


async def statuses(event_id: object) -> list[str]:
    return [one.status for one in await registrations_of(event_id)]  # type: ignore[arg-type]


async def test_a_series_is_booked_as_a_whole_or_in_part(client: AsyncClient) -> None:
    series = await make_series("Fortbildungsreihe")
    evenings = [await make_event(f"Abend {n}", series=series, starts_in=timedelta(days=7 * n)) for n in (1, 2, 3)]
    form = await client.get("/reihen/fortbildungsreihe/anmeldung")
    assert form.text.count('name="events"') == 3 and form.text.count(" checked") == 3
    picked = {**typed(), "events": [str(evenings[0].id), str(evenings[2].id)]}
    answer = await client.post("/reihen/fortbildungsreihe/anmeldung", data=picked)
    assert answer.status_code == 303
    assert [len(await registrations_of(event.id)) for event in evenings] == [1, 0, 1]
    receipt = words(await client.get(answer.headers["location"]))
    assert "Abend 1" in receipt and "Abend 2" not in receipt and "Abend 3" in receipt


async def test_nothing_picked_is_an_error_at_the_boxes(client: AsyncClient) -> None:
    await make_event(series=await make_series("Fortbildungsreihe"))
    answer = await client.post("/reihen/fortbildungsreihe/anmeldung", data=typed())
    assert answer.status_code == 422 and 'href="#f-events"' in answer.text


async def test_a_full_evening_without_waiting_list_is_unticked_and_the_rest_stays(client: AsyncClient) -> None:
    series = await make_series("Fortbildungsreihe")
    full = await make_event("Voll", series=series, capacity=1, policy={"waiting_list": "off"})
    free = await make_event("Frei", series=series)
    await send(client, full, email="dorian@example.org")
    both = {**typed(), "events": [str(full.id), str(free.id)]}
    answer = await client.post("/reihen/fortbildungsreihe/anmeldung", data=both)
    assert answer.status_code == 409 and "Alle Plätze sind vergeben" in words(answer)
    assert f'value="{free.id}" checked' in answer.text and f'value="{full.id}" checked' not in answer.text
    assert await statuses(free.id) == []


async def test_somebody_named_twice_leaves_the_chosen_evenings_ticked(client: AsyncClient) -> None:
    event = await make_event(series=await make_series("Fortbildungsreihe"))
    twice = {**typed(), **other(1, "Amira", family_name="Haddad"), "events": [str(event.id)]}
    answer = await client.post("/reihen/fortbildungsreihe/anmeldung", data=twice)
    assert answer.status_code == 409 and f'value="{event.id}" checked' in answer.text
    assert await statuses(event.id) == []
