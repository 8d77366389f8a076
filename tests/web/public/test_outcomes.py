"""What a series led to is read by everybody once it is released, in every language, and never names a person."""

import pytest

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.outcomes.actions import release_outcomes, take_back_outcome
from events.programme.tables import Series
from tests.outcomes.story import agreed, workshop

HEADINGS = {"": "Ergebnisse", "/en": "Outcomes", "/tr": "Sonuçlar", "/ar": "النتائج"}


@pytest.mark.parametrize("prefix", HEADINGS)
async def test_released_steps_stand_on_the_page_of_the_series(client, prefix):
    event = await workshop()
    one, _hidden = await agreed(event, measure="<b>Läuft</b>"), await agreed(event, step="Noch nicht reif")
    page = f"{prefix}/reihen/{event.series_slug}/ergebnisse"
    assert (await client.get(page)).status_code == 404
    await release_outcomes(event.id, [one.id], by=SYSTEM, now=now())
    shown = await client.get(page)
    assert shown.status_code == 200 and HEADINGS[prefix] in shown.text and "&lt;b&gt;Läuft&lt;/b&gt;" in shown.text
    assert "Kaya" not in shown.text and "Noch nicht reif" not in shown.text and 'lang="de"' in shown.text
    for way in (f"{prefix}/reihen/{event.series_slug}", f"{prefix}/veranstaltungen/{event.slug}"):
        assert f'href="{page}"' in (await client.get(way)).text


async def test_what_was_taken_back_or_hidden_is_gone(client):
    event = await workshop()
    one = await agreed(event)
    await release_outcomes(event.id, [one.id], by=SYSTEM, now=now())
    await take_back_outcome(one.id, by=SYSTEM, now=now())
    assert (await client.get(f"/reihen/{event.series_slug}/ergebnisse")).status_code == 404
    assert "/ergebnisse" not in (await client.get(f"/reihen/{event.series_slug}")).text
    await release_outcomes(event.id, [one.id], by=SYSTEM, now=now())
    await Series.update({Series.published_at: None}).where(Series.slug == event.series_slug)
    assert (await client.get(f"/en/reihen/{event.series_slug}/ergebnisse")).status_code == 404
