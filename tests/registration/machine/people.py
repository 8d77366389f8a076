"""What people do, played on the ledger: sign up, prove the address, cancel, change, join, answer an offer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tests.registration.machine.ledger import Evening, Ledger, Place, Submission, hold_ends, offer_ends

LARGEST_PARTY = 30


class No(Exception):
    """The design refuses it; nothing is changed. Any of these codes says why."""

    def __init__(self, *codes: str) -> None:
        super().__init__(*codes)
        self.codes = frozenset(codes)


def refuse(*reasons: str | None) -> None:
    if against := [reason for reason in reasons if reason]:
        raise No(*against)


def too_late(evening: Evening, now: datetime, by_staff: bool) -> str | None:
    if by_staff:
        return None
    if evening.starts <= now:
        return "already_started"
    return "too_late_to_cancel" if evening.starts - timedelta(hours=evening.cancel_until_hours) <= now else None


class People(Ledger):
    """Each function is one transaction: it either happens as a whole or raises No."""

    def pass_on(self, event: UUID, now: datetime, present: Sequence[Place] = (), apart: Place | None = None) -> None:
        """The first that fits, then the next; who is skipped keeps the rank."""
        evening = self.evenings[event]
        if not evening.passes_on(now):
            return
        until = offer_ends(evening, now)
        for one in self.waiting(event):
            if one is apart or not self.place_fits(one, now):
                continue
            if until and one not in present:
                one.becomes("offered", until)
            else:
                one.becomes("confirmed")

    def shorten(self, event: UUID, now: datetime) -> None:
        """Somebody waits from now on."""
        until = hold_ends(self.evenings[event], now, somebody_waits=True)
        for one in self.of(event):
            if one.status == "unconfirmed" and one.until is not None:
                one.until = min(one.until, until)

    def register(
        self, booking: Submission, wishes: Sequence[tuple[int, UUID | None]], events: Sequence[UUID],
        source: str, now: datetime,
    ) -> None:  # fmt: skip
        """`wishes`: party and working group of each person."""
        self.turn += 1
        self.bookings[booking.id] = booking
        for event in events:
            self.pass_on(event, now)
        refuse(*[self._why_not_register(event, booking, wishes, source, now) for event in events])
        for event in events:
            self._sign_up(event, booking, wishes, now)

    def _why_not_register(
        self, event: UUID, booking: Submission, wishes: Sequence[tuple[int, UUID | None]], source: str, now: datetime
    ) -> str | None:
        evening, free = self.evenings[event], self.free(event, now)
        largest = max((party for party, _ in wishes), default=0)
        has_room = free is None or sum(party for party, _ in wishes) <= free
        reasons = [
            (source == "web" and evening.needs_email and not booking.email, "email_needed"),
            (evening.called_off, "called_off"),
            (evening.starts <= now, "already_started"),
            (evening.starts - timedelta(hours=evening.sign_up_until_hours) <= now, "sign_up_closed"),
            (not wishes, "nobody_named"),
            (largest > evening.max_party, "party_too_large"),
            (not has_room and evening.waiting_list == "off", "full"),
            (has_room and self._group_is_full(event, wishes, now), "option_full"),
        ]
        return next((code for is_so, code in reasons if is_so), None)

    def _group_is_full(self, event: UUID, wishes: Sequence[tuple[int, UUID | None]], now: datetime) -> bool:
        for group in {group for _, group in wishes if group}:
            free = self.free_in_group(event, group, now)
            if free is not None and sum(party for party, other in wishes if other == group) > max(0, free):
                return True
        return False

    def _sign_up(
        self, event: UUID, booking: Submission, wishes: Sequence[tuple[int, UUID | None]], now: datetime
    ) -> None:
        evening, somebody_waits = self.evenings[event], bool(self.waiting(event))
        for position, (party, wish) in enumerate(wishes):
            key = booking.key(position)
            if self.is_known(event, key):
                continue
            group = wish if wish in evening.groups else None
            one = Place(booking.id, position, event, party, self.turn, group, key=key)
            seat = self.place_fits(one, now)
            if not booking.proven:
                one.status, one.keeps, one.until = "unconfirmed", seat, hold_ends(evening, now, somebody_waits)
            else:
                self._decide(one, seat)
            self.places.append(one)
        if self.waiting(event) and not somebody_waits:
            self.shorten(event, now)

    def _decide(self, one: Place, seat: bool) -> None:
        """The address is proven: the office decides, or the place is theirs, or they wait."""
        evening = self.evenings[one.event]
        if evening.approval or not self.is_covered(one.event, self.organisation_of(one)):
            one.becomes("requested", evening.starts if seat and evening.request_holds_place else None)
        elif seat:
            one.becomes("confirmed")
        elif evening.waiting_list == "off":
            raise No("full", "no_place_in_quota")
        else:
            one.becomes("waiting")

    def newest(self, booking: Submission) -> list[Place]:
        """One for each person and event: made afresh, the lapsed one is history."""
        mine = sorted((one for one in self.places if one.booking == booking.id), key=lambda one: one.rank)
        found = {(one.position, one.event): one for one in mine}
        return sorted(found.values(), key=lambda one: (one.rank, one.position))

    def confirm(self, booking: Submission, now: datetime) -> None:
        """Kept seats are theirs; the others queue. Twice is once."""
        still_open = [one for one in self.newest(booking) if one.status in ("unconfirmed", "lapsed")]
        # A place that was only held belongs to nobody who could confirm.
        still_open = [one for one in still_open if one.key or not booking.email]
        if not still_open:
            return
        self.turn += 1
        events = list(dict.fromkeys(one.event for one in still_open))
        for_office = [event for event in events if self.evenings[event].asks_office]
        for event in for_office:
            self.pass_on(event, now)
        reasons = []
        for one in still_open:
            try:
                self._settle(one, now)
            except No as no:
                reasons.append(no)
        if len(reasons) == len(still_open):
            raise No(*(code for no in reasons for code in no.codes))
        booking.proven = True
        for event in events:
            new = [one for one in self.newest(booking) if one.event == event and one.status == "waiting"]
            if new or event in for_office:
                self.pass_on(event, now, present=new)
            if any(one.status == "waiting" for one in new):
                self.shorten(event, now)

    def _settle(self, one: Place, now: datetime) -> None:
        evening = self.evenings[one.event]
        if one.status == "lapsed" and self.is_known(one.event, one.key):
            raise No("already_signed_up")
        refuse("called_off" if evening.called_off else None)
        refuse("already_started" if evening.starts <= now else None)
        by_office = evening.approval or not self.is_covered(one.event, self.organisation_of(one))
        at_once = by_office or not evening.passes_on(now)
        seat = one.has_seat(now) or (at_once and self.place_fits(one, now))
        if not seat and not by_office and evening.waiting_list == "off":
            raise No("full")
        if one.status == "lapsed":
            one = Place(one.booking, one.position, one.event, one.party, self.turn, one.group, key=one.key)
            self.places.append(one)
        if seat or by_office:
            self._decide(one, seat)
        else:
            one.becomes("waiting")

    def cancel(self, chosen: Sequence[Place], by_staff: bool, now: datetime) -> None:
        """What can still be cancelled is; refused when nothing can."""
        reasons, events = [], list(dict.fromkeys(one.event for one in chosen))
        for one in chosen:
            late = too_late(self.evenings[one.event], now, by_staff)
            reason = late if one.is_active else "not_signed_up"
            if reason:
                reasons.append(reason)
            else:
                one.becomes("cancelled")
        if len(reasons) == len(chosen):
            raise No(*reasons or ["not_signed_up"])
        for event in events:
            self.pass_on(event, now)

    def change_party(self, one: Place, party: int, by_staff: bool, now: datetime) -> None:
        """More only where nobody in the queue could take the seats; fewer go on."""
        evening = self.evenings[one.event]
        refuse(None if one.is_active else "not_signed_up")
        refuse("party_too_small" if party < 1 else None)
        is_more_than_allowed = party > evening.max_party and party > one.party and not by_staff
        refuse("party_too_large" if party > LARGEST_PARTY or is_more_than_allowed else None)
        refuse("called_off" if evening.called_off else None)
        refuse(too_late(evening, now, by_staff))
        if party == one.party:
            return
        more = party - one.party
        if one.has_seat(now) and more > 0:
            self.pass_on(one.event, now)
            fits = self.fits(one.event, more, self.organisation_of(one), one.group, now)
            refuse(None if fits else "no_free_place")
        one.party = party
        self.pass_on(one.event, now)

    def join(self, booking: Submission, events: Sequence[UUID], series: Sequence[UUID], now: datetime) -> None:
        """The same people for further events of the series they booked."""
        refuse(None if booking.proven else "unproven")
        refuse(None if booking.in_series and set(events) <= set(series) else "not_in_series")
        self.turn += 1
        mine = [one for one in self.places if one.booking == booking.id]
        still_in = sorted({one.position for one in mine if one.is_active})
        parties = {n: max(one.party for one in mine if one.position == n) for n in still_in}
        for event in events:
            self.pass_on(event, now)
        wishes, keys = [(parties[n], None) for n in still_in], [booking.key(n) for n in still_in if booking.email]
        refuse(
            "named_twice" if len(set(keys)) < len(keys) else None,
            *[self._why_not_register(event, booking, wishes, "web", now) for event in events],
        )
        for event in events:
            somebody_waits = bool(self.waiting(event))
            for position in still_in:
                key = booking.key(position)
                if self.is_known(event, key) or position in {one.position for one in mine if one.is_there(event)}:
                    continue
                one = Place(booking.id, position, event, parties[position], self.turn, key=key)
                self._decide(one, self.place_fits(one, now))
                self.places.append(one)
            if self.waiting(event) and not somebody_waits:
                self.shorten(event, now)

    def accept(self, one: Place, now: datetime) -> None:
        if one.status == "confirmed":
            return
        refuse(None if one.status == "offered" else "nothing_offered")
        refuse("called_off" if self.evenings[one.event].called_off else None)
        refuse(None if one.has_seat(now) else "offer_over")
        one.becomes("confirmed")

    def decline_offer(self, one: Place, now: datetime) -> None:
        refuse(None if one.status == "offered" else "nothing_offered")
        one.becomes("cancelled")
        self.pass_on(one.event, now)
