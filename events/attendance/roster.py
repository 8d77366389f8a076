"""Who stands on the list of a date and what was last said about each. Pure: made from the facts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from events.attendance.facts import DateFacts, Listed, Mark
from events.attendance.rules import newest_marks
from events.registration.signup import full_name


@dataclass(frozen=True)
class Attendee:
    """A confirmed registration, a walk-in, or somebody marked whose registration is gone or no longer confirmed."""

    subject: UUID
    listed: Listed | None
    mark: Mark | None

    @property
    def is_present(self) -> bool:
        return self.mark is not None and self.mark.is_present

    @property
    def is_walk_in(self) -> bool:
        return self.listed is None and self.mark is not None and self.mark.source == "walk_in"

    @property
    def party(self) -> int:
        """Heads: as marked, else as registered."""
        if self.mark is not None:
            return self.mark.party
        return self.listed.party if self.listed else 1

    @property
    def name(self) -> str:
        if self.listed is None:
            return self.mark.name if self.mark else ""
        return full_name(self.listed.given_name, self.listed.family_name)

    @property
    def organisation_name(self) -> str:
        return self._of_listed_or_mark("organisation_name")

    @property
    def city(self) -> str:
        return self._of_listed_or_mark("city")

    @property
    def role(self) -> str:
        return self.listed.role if self.listed else ""

    def _of_listed_or_mark(self, field: str) -> str:
        source = self.listed or self.mark
        return str(getattr(source, field)) if source else ""


def attendees(facts: DateFacts) -> tuple[Attendee, ...]:
    """Registrations in their given order, then the others in the order in which they were noted."""
    marks = {subject: _with_details(mark, facts.marks) for subject, mark in newest_marks(facts.marks).items()}
    on_list = [one for one in facts.listed if one.is_confirmed or one.registration_id in marks]
    known = {one.registration_id for one in on_list}
    listed = (Attendee(one.registration_id, one, marks.get(one.registration_id)) for one in on_list)
    others = (Attendee(subject, None, mark) for subject, mark in marks.items() if subject not in known)
    return (*listed, *others)


def _with_details(mark: Mark, all_marks: Iterable[Mark]) -> Mark:
    """A later mark of a walk-in need not repeat who they are."""
    if mark.registration or _tells(mark):
        return mark
    earlier = (one for one in all_marks if one.subject == mark.subject and _tells(one))
    known = max(earlier, key=lambda one: (one.counter, one.device, str(one.id)), default=mark)
    return replace(
        mark,
        name=known.name,
        organisation_name=known.organisation_name,
        city=known.city,
        source=known.source,
    )


def _tells(mark: Mark) -> bool:
    return bool(mark.name or mark.organisation_name or mark.city)


def named_heads(people: Iterable[Attendee]) -> int:
    """Heads on the list who were present, parties included."""
    return sum(one.party for one in people if one.is_present)


def registered(facts: DateFacts) -> int:
    """Seats of the confirmed; walk-ins never signed up."""
    return sum(one.party for one in facts.listed if one.is_confirmed)
