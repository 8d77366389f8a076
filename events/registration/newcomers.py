"""What becomes of people who sign up: counted, refused or decided. Callers hold the events' seat lock."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.kit.refusals import NotFound, Refusal, refuse_if
from events.kit.translation import localized
from events.programme.locking import LockedEvent
from events.programme.queries import EventView, events_by_ids
from events.registration import rows, rules
from events.registration.identity import person_key
from events.registration.queries import BookingView
from events.registration.signup import Person, SignUp
from events.registration.standing import Belonging, Standing, belongings, covered_bodies, standings
from events.registration.tables import Booking, Participant, Registration, RepeatedSignUp
from events.registration.waitlist import fill_free_seats, shorten_holds

Decided = list[tuple[Registration, Person]]


def turns_of(locked: Mapping[UUID, LockedEvent]) -> dict[UUID, int]:
    """The number each locked event gives to those who sign up in this transaction."""
    return {event: row.turn for event, row in locked.items()}


async def events_in_order(ids: Iterable[UUID]) -> list[EventView]:
    """Raises NotFound when one is missing."""
    wanted = tuple(dict.fromkeys(ids))
    found = await events_by_ids(wanted, partners=False)
    if set(found) != set(wanted):
        raise NotFound
    return [found[id] for id in wanted]


async def standing_for_newcomers(
    events: Sequence[EventView], keys: Sequence[str], now: datetime, notify: bool
) -> dict[UUID, Standing]:
    """A hold that just ended frees a seat; it goes to the queue before any newcomer."""
    keys = [key for key in keys if key]
    standing = await standings(events, keys, now)
    owed = [event for event in events if standing[event.id].seats.waiting and standing[event.id].seats.fits(1)]
    for event in owed:
        await fill_free_seats(event, now=now, notify=notify)
    return await standings(events, keys, now) if owed else standing


def refuse_if_against(
    events: Iterable[EventView], sign_up: SignUp, standing: Mapping[UUID, Standing], now: datetime
) -> None:
    """Raises Refused with the first reason of each event; staff are told all of them."""
    reasons: list[Refusal | None] = []
    for event in events:
        place = standing[event.id]
        found = rules.all_reasons(event, sign_up, place.seats, now)
        reasons += found if sign_up.source == "office" else found[:1]
        if not found:
            reasons.append(rules.why_not_option(event, _full_option(place, sign_up), place.seats.fits(sign_up.seats)))
    refuse_if(*reasons)


def _full_option(place: Standing, sign_up: SignUp) -> str | None:
    """The text of a chosen option that has no room for all who chose it."""
    wanted: Counter[UUID] = Counter()
    for person in sign_up.people:
        wanted.update(dict.fromkeys(person.options, person.party))
    full = [room for id, room in place.options.items() if wanted[id] > max(0, room.free)]
    return localized(full[0].text, sign_up.language).text if full else None


async def decide(
    sign_up: SignUp,
    booking: Booking | BookingView,
    people: Sequence[Participant],
    events: Sequence[EventView],
    standing: Mapping[UUID, Standing],
    turns: Mapping[UUID, int],
    known: frozenset[tuple[UUID, str]],
    now: datetime,
) -> tuple[Decided, list[RepeatedSignUp]]:
    """A registration for each person and event, not saved yet, and what only the public count shows of the known.

    Who is in a booking already is recognised there without an address, too.
    """
    homes, covered = await belongings(sign_up.people), await covered_bodies(events)
    there = {(one.event, one.participant) for one in booking.active} if isinstance(booking, BookingView) else set()
    made: Decided = []
    repeated: list[RepeatedSignUp] = []
    for event in events:
        place = standing[event.id]
        arrival = _Arrival(sign_up, booking, event, place, place.seats.waiting > 0, turns[event.id], now)
        for person, participant in zip(sign_up.people, people, strict=True):
            home, key = homes[person.organisation], person_key(person, sign_up.contact_email)
            if key and (event.id, key) in known:
                repeated += arrival.repeated(person, home)
            elif (event.id, participant.id) not in there:
                is_covered = bool(sign_up.override) or home.is_covered(covered.get(event.id))
                made.append((arrival.registration(person, participant, home, is_covered), person))
    return made, repeated


@dataclass(frozen=True)
class _Arrival:
    """Those who come to one event by one sign-up."""

    sign_up: SignUp
    booking: Booking | BookingView
    event: EventView
    place: Standing
    somebody_waits: bool
    turn: int
    now: datetime

    @property
    def is_proven(self) -> bool:
        return self.booking.address_proven_at is not None

    def registration(self, person: Person, participant: Participant, home: Belonging, is_covered: bool) -> Registration:
        """Takes the seat where there is one; a request that holds none leaves it to the next.

        Raises Refused when there is none and nobody may wait.
        """
        has_seat = self.place.has_seat_for(person, home, self.now)
        if self.is_proven:
            refuse_if(rules.why_not_wait(self.event, has_seat, is_covered))
        key = person_key(person, self.sign_up.contact_email)
        made = rows.new_registration(
            self.booking, participant, self.event, person.party, key, self.turn,
            status=rules.first_status(self.event, self.is_proven, has_seat, is_covered),
            has_seat=has_seat, somebody_waits=self.somebody_waits, now=self.now,
        )  # fmt: skip
        if made.holds_seat or made.status == "confirmed":
            self.place.take(person, home, self.now)
        return made

    def repeated(self, person: Person, home: Belonging) -> list[RepeatedSignUp]:
        """One where a new sign-up would hold a seat, else none."""
        if self.is_proven or not self.place.has_seat_for(person, home, self.now):
            return []
        return [rows.new_repeated(self.booking, self.event, person.party, self.somebody_waits, self.now)]


async def after_new_ones_wait(
    made: Iterable[Registration], events: Iterable[EventView], standing: Mapping[UUID, Standing], now: datetime
) -> None:
    """From the first who waits on, unproven addresses hold their seats for a day only."""
    waited_for = {one.event for one in made if one.status == "waiting"}
    for event in events:
        if event.id in waited_for and standing[event.id].seats.waiting == 0:
            await shorten_holds(event, now)
