"""What an event lacks, and how far its texts are translated."""

from dataclasses import replace

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.programme import actions
from events.programme.checklist import gaps
from events.programme.copying import details_of
from events.programme.planning_wording import GAPS, STATES
from events.programme.translated import states_of
from tests.factories import make_event, make_venue, seen

WHOLE = {"title": "Lebenskunde", "summary": "Kurz", "description": "Lang"}


def codes(event, *, has_trainer=True, has_agreement=True):
    return [one.code for one in gaps(event, has_trainer=has_trainer, has_agreement=has_agreement)]


async def test_nothing_is_missing_where_everything_is_there(db):
    venue = await make_venue(access={"de": "Aufzug"})
    texts = {name: {"de": text, "en": text, "tr": text, "ar": text} for name, text in WHOLE.items()}
    event = await make_event(venue=venue, audiences=("everyone",), policy={"minimum": 5}, **texts)
    assert codes(event) == []
    assert codes(event, has_trainer=False) == ["no_trainer"]
    assert set(states_of(event).values()) == {"there"}


async def test_a_bare_draft_lacks_almost_everything(db):
    event = await make_event(dates=0, published=False, capacity=None, policy={"agreement": "required"})
    assert codes(event, has_agreement=False) == [
        "no_dates", "no_summary", "no_description", "not_translated", "not_translated", "not_translated",
        "no_audience", "no_capacity", "no_minimum", "no_agreement",
    ]  # fmt: skip
    assert set(codes(event)) <= GAPS.keys() and set(states_of(event).values()) <= STATES.keys()


async def test_a_place_nobody_describes_is_named_once_and_online_needs_a_link(db):
    event = await make_event(dates=2)
    assert codes(event).count("no_access") == 1
    assert "no_join_link" in codes(await make_event(online=True))


async def test_a_translation_is_outdated_once_the_german_changes_and_until_somebody_says_it_fits(db):
    event = await make_event({"de": "Lebenskunde", "tr": "Hayat bilgisi"})
    by = {"by": SYSTEM, "now": now()}
    details = replace(details_of(event, {}), title={"de": "Leben lernen", "tr": "Hayat bilgisi"})
    await actions.edit_event(event.id, details, **by)
    assert states_of(await seen(event.id)) == {"en": "missing", "tr": "outdated", "ar": "missing"}
    await actions.edit_event(event.id, replace(details, translations_checked=("tr",)), **by)
    assert states_of(await seen(event.id))["tr"] == "there"
    other = replace(details, title={"de": "Leben", "tr": "Hayat"})
    await actions.edit_event(event.id, other, **by)
    assert states_of(await seen(event.id))["tr"] == "there"
    await actions.edit_event(event.id, replace(other, summary={"de": "Kurz"}), **by)
    assert states_of(await seen(event.id))["tr"] == "outdated"
