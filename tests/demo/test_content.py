"""The demo's texts, people and sums, before anything is loaded."""

import pytest

from events.demo.groups import PROGRAMMES, Programme, runs_of, spread
from events.demo.history_volunteers import HALF_YEARS, evenings
from events.demo.people import people
from events.demo.plans import EventPlan, event_plans
from events.demo.wording import REFUSALS, refusal_text
from events.kit.refusals import Refusal
from events.kit.translation import LANGUAGES

PLANS = {plan.key: plan for plan in event_plans()}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_each_event_has_a_german_text_of_readable_length(plan: EventPlan) -> None:
    assert plan.title["de"] and plan.summary["de"]
    assert 60 <= len(plan.description["de"].split()) <= 120


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_translated_title_comes_with_a_translated_summary(plan: EventPlan) -> None:
    assert set(plan.title) == set(plan.summary)
    assert set(plan.title) | set(plan.description) <= set(LANGUAGES)


def test_the_care_events_speak_the_languages_of_their_guests() -> None:
    assert set(PLANS["frauennachmittag"].description) == {"de", "tr", "ar"}
    assert set(PLANS["pflegegrad"].description) == {"de", "tr"}


def test_every_person_has_a_name_and_an_address_of_their_own() -> None:
    everyone = people(0, 990)
    assert len({(one.given_name, one.family_name) for one in everyone}) == 990
    assert len({one.email for one in everyone}) == 990
    assert all(one.email.endswith("@example.org") for one in everyone)


def test_a_sum_is_spread_without_a_rest() -> None:
    shares = spread(310, 36)
    assert (len(shares), sum(shares)) == (36, 310)
    assert min(shares) > 0


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.slug)
def test_runs_add_up_to_what_was_reported(programme: Programme) -> None:
    runs = list(runs_of(programme))
    assert sum(run.parents for run in runs) == programme.parents
    assert sum(run.children for run in runs) == programme.children
    assert all(run.started_on < run.reported_on < run.ended_on for run in runs)


def test_the_three_half_years_have_170_participations() -> None:
    plans = [plan for number, half_year in enumerate(HALF_YEARS) for plan in evenings(half_year, number)]
    assert len(plans) == 9
    assert sum(len(plan.guests) - len(plan.missed) for plan in plans) == 170


def test_every_refusal_of_the_demo_has_its_words() -> None:
    for code in REFUSALS:
        assert refusal_text(Refusal(code)).endswith(".")
