"""What the office and the clock do, played on the ledger: decide, move, correct, change limits, end what is over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tests.registration.machine.ledger import Human, Place, Share, Submission
from tests.registration.machine.people import No, People, refuse


class Office(People):
    """The whole model: what people do comes with it."""

    def approve(self, chosen: Sequence[Place], reason: str, now: datetime) -> None:
        """A kept seat is theirs; the others wait by order of sign-up and get what is free."""
        self._refuse_undecidable(chosen, now)
        uncovered = [one for one in chosen if not self.is_covered(one.event, self.organisation_of(one))]
        refuse("agreement_reason_needed" if uncovered and not reason else None)
        for event in dict.fromkeys(one.event for one in chosen):
            evening = self.evenings[event]
            new = []
            mine = [one for one in self.of(event) if one in chosen]
            for one in [one for one in mine if one.has_seat(now)]:
                one.becomes("confirmed")
            for one in [one for one in mine if one.status == "requested"]:
                if not evening.passes_on(now) and self.place_fits(one, now):
                    one.becomes("confirmed")
                elif evening.waiting_list == "off":
                    raise No("full", "no_place_in_quota")
                else:
                    one.becomes("waiting")
                    new.append(one)
            self.pass_on(event, now, present=new)
            if any(one.status == "waiting" for one in new):
                self.shorten(event, now)

    def decline(self, chosen: Sequence[Place], now: datetime) -> None:
        self._refuse_undecidable(chosen, now)
        for one in chosen:
            one.becomes("declined")
        for event in dict.fromkeys(one.event for one in chosen):
            self.pass_on(event, now)

    def _refuse_undecidable(self, chosen: Sequence[Place], now: datetime) -> None:
        for one in chosen:
            self._refuse_unless(one, "requested", "not_requested", now)

    def _refuse_unless(self, one: Place, status: str, code: str, now: datetime) -> None:
        evening = self.evenings[one.event]
        refuse(None if one.status == status else code)
        refuse("called_off" if evening.called_off else None)
        refuse("already_started" if evening.starts <= now else None)

    def put_back(self, one: Place, now: datetime) -> None:
        """To the end of the queue, and not served at once."""
        self._refuse_unless(one, "confirmed", "not_movable", now)
        refuse("no_waiting_list" if self.evenings[one.event].waiting_list == "off" else None)
        self.turn += 1
        one.rank = self.turn
        one.becomes("waiting")
        self.pass_on(one.event, now, apart=one)
        self.shorten(one.event, now)

    def move_up(self, one: Place, now: datetime) -> None:
        self._refuse_unless(one, "waiting", "not_movable", now)
        refuse(None if self.place_fits(one, now) else "no_free_place")
        one.becomes("confirmed")

    def substitute(self, one: Place, newcomer: Human, now: datetime) -> None:
        """The same seat and working group, all rules but capacity; what that frees elsewhere goes on."""
        self._refuse_unless(one, "confirmed", "no_place_to_hand_on", now)
        booking = self.bookings[one.booking]
        self.turn += 1
        newcomer = replace(newcomer, organisation=newcomer.organisation or self.organisation_of(one))
        booking.people.append(newcomer)
        position = len(booking.people) - 1
        key = booking.key(position)
        refuse("already_signed_up" if key != one.key and self.is_known(one.event, key) else None)
        refuse(None if self.is_covered(one.event, newcomer.organisation) else "agreement_missing")
        one.becomes("cancelled")
        after = Place(one.booking, position, one.event, one.party, self.turn, one.group, key=key)
        refuse(None if self.place_fits(after, now) else "no_place_in_quota")
        after.becomes("confirmed")
        self.places.append(after)
        self.pass_on(one.event, now)

    def correct(self, booking: Submission, position: int, corrected: Human, now: datetime) -> None:
        """A quota may refuse another organisation; an agreement only where the place is confirmed."""
        mine = [one for one in self.places if (one.booking, one.position) == (booking.id, position) and one.is_active]
        key = (booking.email, corrected.name) if booking.email else None
        if mine and key != mine[0].key:
            refuse(*["already_signed_up" if self.is_known(one.event, key) else None for one in mine])
        before = booking.people[position]
        booking.people[position] = corrected
        if before.organisation != corrected.organisation:
            for one in mine:
                self._refuse_organisation(one, corrected, now)
        for one in mine:
            one.key = key
        if before.organisation == corrected.organisation:
            return
        for event in dict.fromkeys(one.event for one in mine):
            self.pass_on(event, now)

    def _refuse_organisation(self, one: Place, corrected: Human, now: datetime) -> None:
        if not one.has_seat(now):
            return
        is_covered = one.status != "confirmed" or self.is_covered(one.event, corrected.organisation)
        refuse(None if is_covered else "agreement_missing")
        status, keeps, until = one.status, one.keeps, one.until
        one.becomes("new")
        refuse(None if self.place_fits(one, now) else "no_place_in_quota")
        one.status, one.keeps, one.until = status, keeps, until

    def change_capacity(self, event: UUID, capacity: int | None, now: datetime) -> None:
        evening, taken = self.evenings[event], self.taken(event, now)
        is_lower = capacity is not None and (evening.capacity is None or capacity < evening.capacity)
        refuse("capacity_below_taken" if is_lower and capacity is not None and capacity < taken else None)
        evening.capacity = capacity
        self.pass_on(event, now)

    def change_share(self, event: UUID, share: Share, now: datetime) -> None:
        """No places: no quota any more. The same again frees nothing, but what is free goes on."""
        evening = self.evenings[event]
        if share in evening.shares:
            self.pass_on(event, now)
            return
        is_open = share.release_at is None or share.release_at > now
        too_small = is_open and share.places < self.used(event, share, now)
        refuse("quota_below_taken" if too_small else None)
        refuse("quota_above_capacity" if evening.capacity is not None and share.places > evening.capacity else None)
        target = (share.organisation, share.kind)
        evening.shares = [one for one in evening.shares if (one.organisation, one.kind) != target]
        evening.shares += [share] if share.places else []
        self.pass_on(event, now)

    def change_groups(self, event: UUID, groups: dict[UUID, int | None], now: datetime) -> None:
        evening = self.evenings[event]
        for group, places in groups.items():
            before = evening.groups[group]
            is_lower = places is not None and (before is None or places < before)
            chosen = [one for one in self.places if one.group == group and one.has_seat(now)]
            taken = sum(one.party for one in chosen)
            refuse("option_below_taken" if is_lower and places is not None and places < taken else None)
        evening.groups = groups
        self.pass_on(event, now)

    def call_off(self, event: UUID) -> None:
        refuse("not_published" if self.evenings[event].called_off else None)
        self.evenings[event].called_off = True

    def reinstate(self, event: UUID) -> None:
        refuse(None if self.evenings[event].called_off else "already_published")
        self.evenings[event].called_off = False

    def lapse(self, now: datetime) -> None:
        self._end("unconfirmed", now)

    def end_offers(self, now: datetime) -> None:
        self._end("offered", now)

    def _end(self, status: str, now: datetime) -> None:
        over = [one for one in self.places if one.status == status and one.until is not None and one.until <= now]
        for one in over:
            one.becomes("lapsed")
        for event in dict.fromkeys(one.event for one in over):
            self.pass_on(event, now)

    def pass_on_everywhere(self, now: datetime) -> None:
        for event in self.evenings:
            self.pass_on(event, now)
