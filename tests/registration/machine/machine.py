"""Random lives of three events: people, office and clock act on the database and on the ledger, which must agree."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from events.kit.actor import person
from events.programme.actions import mark_called_off, publish_event
from events.registration import capacity, changing, deciding, offers, waitlist
from events.registration.actions import cancel_booking, cancel_registration
from tests.registration.machine.ledger import Human, Share, Submission
from tests.registration.machine.plans import MAILS, NAMES, NUMBERS, PEOPLE, PLANS, WAITS
from tests.registration.machine.stage import Named, Stage
from tests.registration.machine.world import quota_details
from tests.registration.stories import BERND


def somebody_is(*statuses: str) -> Callable[[Any], Any]:
    return precondition(lambda life: any(one.status in statuses for one in life.ledger.places))


somebody_is_there = somebody_is("confirmed", "waiting", "requested", "offered", "unconfirmed")


class Life(Stage):
    """One example. Most numbers choose among those to whom it can happen; some among all, to be refused."""

    @initialize(
        plans=st.lists(PLANS, min_size=3, max_size=3),
        notify=st.sampled_from([False, False, False, True]),
        crowd=st.lists(st.tuples(PEOPLE, st.sampled_from(MAILS), st.booleans()), min_size=3, max_size=6),
    )
    def begin(self, plans: Any, notify: bool, crowd: list[tuple[Named, str, bool]]) -> None:
        """The first event has people already, some of them unproven."""
        self.notify = notify
        self.ledger = self.world.begin(plans)
        self.events = list(self.ledger.evenings)
        for named, mail, proves in crowd:
            if proves:
                self.somebody_comes(named, mail, 1)
            else:
                self.somebody_signs_up(named, mail, 1, "web")

    def teardown(self) -> None:
        self.world.end()

    # People

    @rule(named=PEOPLE, mail=st.sampled_from(MAILS), which=st.sampled_from([1, 1, 2, 3, 4]))
    def somebody_comes(self, named: Named, mail: str, which: int) -> None:
        booking = self._sign_up(named, mail, which, "web")
        if booking is not None:
            self._prove(booking)

    @rule(
        named=PEOPLE, mail=st.sampled_from(MAILS), which=st.sampled_from([1, 1, 2, 3, 4]),
        source=st.sampled_from(["web", "office"]),
    )  # fmt: skip
    def somebody_signs_up(self, named: Named, mail: str, which: int, source: Any) -> None:
        self._sign_up(named, mail, which, source)

    @somebody_is("unconfirmed", "lapsed")
    @rule(n=NUMBERS)
    def an_address_is_proven(self, n: int) -> None:
        self._prove(self._booking(n, "unconfirmed", "lapsed"))

    @somebody_is_there
    @rule(n=NUMBERS, staff=st.booleans())
    def one_place_is_given_back(self, n: int, staff: bool) -> None:
        one = self._pick(n, "confirmed", "waiting", "requested", "offered", "unconfirmed")
        action = cancel_registration(self._id(one), **self._by(self._actor(one, staff)))
        self._compare(action, lambda: self.ledger.cancel([one], staff, self.world.now))

    @somebody_is_there
    @rule(n=NUMBERS, alone=st.booleans())
    def a_booking_is_cancelled(self, n: int, alone: bool) -> None:
        one = self._pick(n, "confirmed", "unconfirmed")
        mine = [other for other in self.ledger.places if other.booking == one.booking and other.is_active]
        meant = [other for other in mine if not alone or other.position == one.position]
        person_row = self._row(one)["participant"] if alone else None
        action = cancel_booking(one.booking, participant=person_row, **self._by(person(one.booking)))
        self._compare(action, lambda: self.ledger.cancel(meant, False, self.world.now))

    @somebody_is_there
    @rule(n=NUMBERS, party=st.sampled_from([1, 2, 3, 4, 0]), staff=st.booleans())
    def a_party_changes(self, n: int, party: int, staff: bool) -> None:
        one = self._pick(n, "confirmed", "waiting", "requested", "unconfirmed")
        action = changing.change_party(self._id(one), party, **self._by(self._actor(one, staff)))
        self._compare(action, lambda: self.ledger.change_party(one, party, staff, self.world.now))

    @somebody_is("confirmed", "waiting", "requested")
    @rule(n=NUMBERS, which=st.sampled_from([1, 2, 3, 4]))
    def further_evenings_are_joined(self, n: int, which: int) -> None:
        booking = self._booking(n, "confirmed", "waiting", "requested")
        events = [event for m, event in enumerate(self.events) if which & (1 << m)]
        action = changing.join_events(booking.id, events, **self._by(person(booking.id)))
        self._compare(action, lambda: self.ledger.join(booking, events, self.events[:2], self.world.now))

    @somebody_is("offered")
    @rule(n=NUMBERS, yes=st.booleans())
    def an_offer_is_answered(self, n: int, yes: bool) -> None:
        one = self._pick(n, "offered")
        by = self._by(person(one.booking))
        if yes:
            action = offers.accept_place(self._id(one), **by)
            self._compare(action, lambda: self.ledger.accept(one, self.world.now))
        else:
            action = offers.decline_place(self._id(one), **by)
            self._compare(action, lambda: self.ledger.decline_offer(one, self.world.now))

    @somebody_is("confirmed")
    @rule(n=NUMBERS, name=st.sampled_from(NAMES), home=NUMBERS)
    def somebody_else_comes(self, n: int, name: str, home: int) -> None:
        one = self._pick(n, "confirmed")
        newcomer = Human(name, self.world.organisations[home % 4])
        action = changing.substitute_person(self._id(one), self._person(newcomer), **self._by(BERND))
        self._compare(action, lambda: self.ledger.substitute(one, newcomer, self.world.now))

    @somebody_is_there
    @rule(n=NUMBERS, name=st.sampled_from(NAMES), home=NUMBERS)
    def somebody_is_corrected(self, n: int, name: str, home: int) -> None:
        one = self._pick(n, "confirmed", "requested", "waiting", "unconfirmed")
        booking, human = self.ledger.bookings[one.booking], Human(name, self.world.organisations[home % 4])
        action = changing.correct_person(self._row(one)["participant"], self._person(human), **self._by(BERND))
        self._compare(action, lambda: self.ledger.correct(booking, one.position, human, self.world.now))

    @rule(
        mail=st.sampled_from(MAILS), n=NUMBERS, homes=st.lists(NUMBERS, min_size=1, max_size=3),
        wait=st.sampled_from(WAITS),
    )  # fmt: skip
    def places_are_held(self, mail: str, n: int, homes: list[int], wait: Any) -> None:
        event = self.events[n % 3]
        until = min(self.world.now + wait, self.ledger.evenings[event].starts)
        if until > self.world.now:
            self._hold(mail or MAILS[0], event, homes, until)

    @precondition(lambda life: life.invited)
    @rule(n=NUMBERS, names=st.lists(st.sampled_from(NAMES), max_size=3), home=NUMBERS, mail=st.sampled_from(MAILS))
    def an_invitation_is_answered(self, n: int, names: list[str], home: int, mail: str) -> None:
        earlier = self.invited[n % len(self.invited)]
        hands_on = n % 4 == 0 and mail and len(names) == 1
        different = names if n % 6 == 0 else list(dict.fromkeys(names))
        humans = [Human(name, self.world.organisations[home % 4]) for name in different]
        self._answer(earlier, humans, mail if hands_on else earlier.email)

    @property
    def invited(self) -> list[Submission]:
        there = {one.booking for one in self.ledger.places}
        return [one for one in self.ledger.bookings.values() if one.is_invited and one.id in there]

    # The office

    @somebody_is("requested")
    @rule(
        n=NUMBERS,
        many=st.booleans(),
        reason=st.sampled_from(["Ausnahme", ""]),
        yes=st.sampled_from([True, True, False]),
    )
    def requests_are_decided(self, n: int, many: bool, reason: str, yes: bool) -> None:
        one = self._pick(n, "requested")
        requested = [other for other in self.ledger.places if other.status == "requested" and other is not one]
        chosen, by = [one, *requested] if many else [one], self._by(BERND)
        ids = [self._id(one) for one in chosen]
        if yes:
            action: Any = deciding.approve_registrations(ids, reason=reason, **by)
            self._compare(action, lambda: self.ledger.approve(chosen, reason, self.world.now))
        else:
            action = deciding.decline_registrations(ids, **by)
            self._compare(action, lambda: self.ledger.decline(chosen, self.world.now))

    @somebody_is("confirmed")
    @rule(n=NUMBERS)
    def somebody_is_put_back(self, n: int) -> None:
        one = self._pick(n, "confirmed")
        action = deciding.put_on_waiting_list(self._id(one), reason="Doppelt vergeben", **self._by(BERND))
        self._compare(action, lambda: self.ledger.put_back(one, self.world.now))

    @somebody_is("waiting")
    @rule(n=NUMBERS)
    def somebody_moves_up_out_of_turn(self, n: int) -> None:
        one = self._pick(n, "waiting")
        action = deciding.move_up(self._id(one), reason="Wird gebraucht", **self._by(BERND))
        self._compare(action, lambda: self.ledger.move_up(one, self.world.now))

    @rule(
        n=NUMBERS,
        seats=st.sampled_from([2, 3, 1, 4, None]),
        what=st.sampled_from(["capacity", "quota", "groups", "taking place"]),
    )
    def an_event_changes(self, n: int, seats: int | None, what: str) -> None:
        event, now = self.events[n % 8 % 3], self.world.now
        evening = self.ledger.evenings[event]
        if what == "capacity":
            action: Any = capacity.change_event(event, self.world.details(event, seats), **self._by(BERND))
            self._compare(action, lambda: self.ledger.change_capacity(event, seats, now))
        elif what == "quota":
            share = self._share(n, 0 if seats is None else seats - 1)
            action = capacity.change_quota(event, quota_details(share), **self._by(BERND))
            self._compare(action, lambda: self.ledger.change_share(event, share, now))
        elif what == "groups":
            self._groups_change(event, seats)
        elif evening.called_off:
            self._compare(publish_event(event, by=BERND, now=now), lambda: self.ledger.reinstate(event))
        elif n > 15:
            self._compare(mark_called_off(event, {}, by=BERND, now=now), lambda: self.ledger.call_off(event))

    def _groups_change(self, event: UUID, places: int | None) -> None:
        """The first working group gets so many places."""
        if groups := dict(self.ledger.evenings[event].groups):
            groups[next(iter(groups))] = places
            question, details = self.world.question(groups)
            action = capacity.change_question(event, question, details, **self._by(BERND))
            self._compare(action, lambda: self.ledger.change_groups(event, groups, self.world.now))

    def _share(self, n: int, places: int) -> Share:
        release = self.world.now + WAITS[n % 4] if n % 2 else None
        if n % 3:
            return Share(None, "administration", places, release)
        return Share(self.world.organisations[1], "", places, release)

    # The clock

    @rule(wait=st.sampled_from(WAITS), worker=st.sampled_from([True, True, False]))
    def time_passes(self, wait: Any, worker: bool) -> None:
        self.world.now += wait
        if not worker:
            self._compare(_nothing(), lambda: None)
            return
        now = self.world.now
        self._compare(waitlist.lapse_overdue(now=now), lambda: self.ledger.lapse(now))
        self._compare(waitlist.end_offers(now=now), lambda: self.ledger.end_offers(now))
        self._compare(waitlist.pass_on_places(now=now), lambda: self.ledger.pass_on_everywhere(now))


async def _nothing() -> None:
    """Only time has passed."""
