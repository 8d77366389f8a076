"""Why somebody may not sign up or cancel. Each rule with its twin that allows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from events.programme.policy import Policy
from events.programme.views import EventView
from events.registration import rules
from events.registration.change_rules import why_not_cancel
from events.registration.signup import Person, Seats, SignUp
from events.registration.terms import hold_ends, may_promote
from events.registration.wording import NEXT_STEPS, REFUSALS

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
SOMEBODY = (Person(given_name="Amira"),)
FREE, FULL = Seats(20, 3, 0), Seats(20, 20, 0)


def event(starts_in: timedelta | None = timedelta(days=7), status: str = "published", **policy: object) -> EventView:
    start = NOW + starts_in if starts_in is not None else None
    empty: dict[str, str] = {}
    return EventView(
        id=uuid4(), slug="abend", status=status, format="training", title={"de": "Abend"}, summary=empty,
        description=empty, audiences=(), languages=(), hints=(), capacity=20, policy=Policy(**policy),  # type: ignore[arg-type]
        programme_id=uuid4(), programme_slug="p", programme_name="P", family="F", kind="other", funding="",
        series_id=None, series_slug=None, series_title=None, starts_at=start,
        ends_at=start + timedelta(hours=3) if start else None, called_off_reason=empty, changed_at=NOW, turn=0,
        dates=(), partners=(),
    )  # fmt: skip


def by_mail(one: EventView, people: tuple[Person, ...] = SOMEBODY) -> SignUp:
    return SignUp((one.id,), people, "amira@example.org")


def why(one: EventView, people: tuple[Person, ...] = SOMEBODY, seats: Seats = FREE) -> str | None:
    reason = rules.why_not_register(one, by_mail(one, people), seats, NOW)
    return reason.code if reason else None


def test_a_coming_published_event_takes_people() -> None:
    assert why(event()) is None


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (event(status="draft"), "not_published"),
        (event(status="called_off"), "called_off"),
        (event(sign_up=False), "no_sign_up_needed"),
        (event(visibility="invited_only"), "by_invitation"),
        (event(None), "no_date_yet"),
        (event(timedelta(0)), "already_started"),
        (event(timedelta(days=-1)), "already_started"),
        (event(timedelta(hours=24), sign_up_until_hours=24), "sign_up_closed"),
    ],
)
def test_an_event_that_takes_nobody_says_why(refused: EventView, code: str) -> None:
    assert why(refused) == code
    reason = rules.why_not_sign_up(refused, NOW)
    assert reason is not None and reason.code == code


def test_until_the_deadline_people_may_sign_up() -> None:
    assert why(event(timedelta(hours=24, seconds=1), sign_up_until_hours=24)) is None


def test_hidden_events_take_who_knows_the_address() -> None:
    assert why(event(visibility="hidden")) is None


def test_the_invited_may_come_where_others_may_not() -> None:
    by_invitation = event(visibility="invited_only")
    invited = replace(by_mail(by_invitation), source="invitation")
    assert rules.why_not_register(by_invitation, invited, FREE, NOW) is None


@pytest.mark.parametrize(("party", "code"), [(0, "party_too_small"), (-1, "party_too_small"), (7, "party_too_large")])
def test_a_party_must_fit_the_policy(party: int, code: str) -> None:
    assert why(event(max_party=6), (Person(party=party),)) == code


@pytest.mark.parametrize("party", [1, 6])
def test_a_party_up_to_the_policy_may_come(party: int) -> None:
    assert why(event(max_party=6), (Person(party=party),)) is None


def test_nobody_is_not_a_sign_up() -> None:
    assert why(event(), ()) == "nobody_named"


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (Person(given_name="AMIRA"), "named_twice"),
        (Person(given_name="Amira", email="other@example.org"), None),
        (Person(given_name="Birgit"), None),
    ],
)
def test_each_person_is_named_once(second: Person, code: str | None) -> None:
    assert why(event(), (*SOMEBODY, second)) == code


def test_being_full_refuses_only_without_a_waiting_list() -> None:
    assert why(event(waiting_list="off"), seats=FULL) == "full"
    assert why(event(), seats=FULL) is None


def test_unlimited_is_never_full() -> None:
    assert why(event(waiting_list="off"), seats=Seats(None, 500, 0)) is None


def test_an_address_is_needed_where_the_policy_says_so() -> None:
    one = event()
    without = replace(by_mail(one), contact_email="")
    refusal = rules.why_not_register(one, without, FREE, NOW)
    assert refusal is not None and refusal.code == "email_needed"
    assert rules.why_not_register(one, by_mail(one), FREE, NOW) is None
    assert rules.why_not_register(one, replace(without, source="office"), FREE, NOW) is None
    assert rules.why_not_register(event(needs_email=False), without, FREE, NOW) is None


@pytest.mark.parametrize(
    ("one", "status", "by_staff", "code"),
    [
        (event(), "confirmed", False, None),
        (event(), "waiting", False, None),
        (event(), "cancelled", False, "not_signed_up"),
        (event(timedelta(hours=-1)), "confirmed", False, "already_started"),
        (event(timedelta(hours=-1)), "confirmed", True, None),
        (event(timedelta(hours=10), cancel_until_hours=24), "confirmed", False, "too_late_to_cancel"),
        (event(timedelta(hours=10), cancel_until_hours=24), "confirmed", True, None),
        (event(timedelta(hours=-1)), "lapsed", True, "not_signed_up"),
    ],
)
def test_who_may_cancel_until_when(one: EventView, status: str, by_staff: bool, code: str | None) -> None:
    reason = why_not_cancel(one, status, NOW, by_staff)
    assert (reason.code if reason else None) == code


def test_confirming_counts_until_the_start() -> None:
    assert rules.why_not_confirm(event(timedelta(minutes=1), sign_up_until_hours=48), NOW) is None
    assert rules.why_not_confirm(event(timedelta(0)), NOW) is not None
    assert rules.why_not_confirm(event(status="called_off"), NOW) is not None


@pytest.mark.parametrize(
    ("starts_in", "somebody_waits", "hold"),
    [
        (timedelta(days=30), False, timedelta(days=7)),
        (timedelta(days=3), False, timedelta(days=3)),
        (timedelta(days=30), True, timedelta(hours=24)),
        (timedelta(hours=48), True, timedelta(hours=2)),
        (timedelta(hours=1), True, timedelta(hours=1)),
    ],
)
def test_how_long_a_seat_is_held(starts_in: timedelta, somebody_waits: bool, hold: timedelta) -> None:
    assert hold_ends(event(starts_in), NOW, somebody_waits) == NOW + hold


@pytest.mark.parametrize(
    ("approval", "proven", "has_seat", "status"),
    [
        (False, False, True, "unconfirmed"),
        (False, False, False, "unconfirmed"),
        (False, True, True, "confirmed"),
        (False, True, False, "waiting"),
        (True, True, True, "requested"),
        (True, True, False, "requested"),
    ],
)
def test_what_a_new_registration_is(approval: bool, proven: bool, has_seat: bool, status: str) -> None:
    assert rules.first_status(event(approval=approval), proven, has_seat) == status


@pytest.mark.parametrize(
    ("one", "may"),
    [
        (event(timedelta(hours=12, seconds=1)), True),
        (event(timedelta(hours=12)), False),
        (event(status="called_off"), False),
        (event(waiting_list="off"), False),
        (event(None), False),
    ],
)
def test_places_are_passed_on_until_the_cut_off(one: EventView, may: bool) -> None:
    assert may_promote(one, NOW) is may


def test_seats_are_never_negative_and_know_what_fits() -> None:
    assert Seats(2, 3, 0).free == 0 and not Seats(2, 3, 0).fits(1)
    assert Seats(3, 1, 0).fits(2) and not Seats(3, 1, 0).fits(3)
    assert Seats(None, 9, 0).free is None and Seats(None, 9, 0).fits(1000)


def test_whoever_is_refused_reads_what_to_do_now() -> None:
    says_it_itself = {code for code, sentence in REFUSALS.items() if "Bitte " in sentence or "Kommen Sie" in sentence}
    assert set(REFUSALS) - set(NEXT_STEPS) <= says_it_itself
    assert set(NEXT_STEPS) <= set(REFUSALS)
