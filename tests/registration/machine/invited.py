"""What invited people do, played on the ledger: places are held, they name who comes, the newest answer wins."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tests.registration.machine.ledger import Human, Place, Submission, hold_ends
from tests.registration.machine.office import Office
from tests.registration.machine.people import refuse


class Invited(Office):
    """The whole model: what office and people do comes with it."""

    def hold(self, booking: Submission, event: UUID, until: datetime, now: datetime) -> None:
        """A seat for everybody, or nothing; nobody is known by a name yet."""
        self.turn += 1
        self.bookings[booking.id] = booking
        self.pass_on(event, now)
        for position in range(len(booking.people)):
            one = Place(booking.id, position, event, 1, self.turn)
            refuse(None if self.place_fits(one, now) else "no_free_place")
            one.becomes("offered", until)
            self.places.append(one)

    def answer(
        self, earlier: Submission, event: UUID, after: Submission, people: Sequence[Human], proven: bool, now: datetime
    ) -> None:
        """These come and no others. `after` is the same booking where the address is the same."""
        self.turn += 1
        self.pass_on(event, now)
        self._forget_unnamed(earlier)
        mine = [one for one in self.places if one.booking == earlier.id and one.is_there(event)]
        named = {(after.email, human.name) for human in people}
        staying = [one for one in mine if after is earlier and one.key in named]
        leaving = [one for one in mine if one not in staying]
        had_seats = sum(one.party for one in leaving if one.has_seat(now))
        self._vacate(leaving)
        coming = [human for human in people if (after.email, human.name) not in {one.key for one in staying}]
        self._refuse_unless_allowed(event, after, coming, had_seats, now)
        if coming:
            self.bookings[after.id] = after
        self._seat(event, after, coming, proven, now)
        self.pass_on(event, now)

    def _vacate(self, leaving: Sequence[Place]) -> None:
        for one in leaving:
            if one.status == "offered" and one.key is None:
                self.places.remove(one)
                self.bookings[one.booking].people[one.position] = Human("", never_came=True)
            else:
                one.becomes("cancelled")

    def _forget_unnamed(self, booking: Submission) -> None:
        """Those a place was only held for, at the end of the booking: their numbers are given anew."""
        while booking.people and booking.people[-1].never_came:
            booking.people.pop()

    def _refuse_unless_allowed(
        self, event: UUID, after: Submission, coming: Sequence[Human], had_seats: int, now: datetime
    ) -> None:
        if not coming:
            return
        why_not = self._why_not_register(event, after, [(1, None)] * len(coming), "invitation", now)
        if why_not == "sign_up_closed" and had_seats >= len(coming):
            evening, free = self.evenings[event], self.free(event, now)
            is_full = free is not None and free < len(coming) and evening.waiting_list == "off"
            why_not = "full" if is_full else None
        twice = len({human.name for human in coming}) < len(coming)
        refuse("named_twice" if twice and why_not in (None, "full") else why_not)

    def _seat(self, event: UUID, after: Submission, coming: Sequence[Human], proven: bool, now: datetime) -> None:
        evening, somebody_waits = self.evenings[event], bool(self.waiting(event))
        for human in coming:
            after.people.append(human)
            position = len(after.people) - 1
            key = after.key(position)
            if self.is_known(event, key):
                continue
            one = Place(after.id, position, event, 1, self.turn, key=key)
            seat = self.place_fits(one, now)
            if proven:
                self._decide(one, seat)
            else:
                one.status, one.keeps, one.until = "unconfirmed", seat, hold_ends(evening, now, somebody_waits)
            self.places.append(one)
        if self.waiting(event) and not somebody_waits:
            self.shorten(event, now)
