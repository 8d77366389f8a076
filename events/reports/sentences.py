"""Ready sentences for a report to a funder or a committee."""

from events.kit.translation import gettext as _
from events.kit.translation import ngettext
from events.reports.figures import Figure
from events.reports.numbers import short
from events.reports.report import Report


def sentences(report: Report) -> list[str]:
    """One for each line in which something took place, and one for all of them."""
    before = {one.programme: one for one in report.before.lines} if report.before else {}
    lines = [one for one in report.lines if one.dates or one.groups]
    found = [_sentence(one, before.get(one.programme)) for one in lines]
    if len(lines) > 1:
        found.append(_sentence(report.together, report.before.together if report.before else None))
    return found


def _sentence(one: Figure, before: Figure | None) -> str:
    parts = [f"{one.programme}: {_dates(one)}{_people(one)}"] if one.dates else [f"{one.programme}:"]
    if one.groups:
        parts.append(_groups(one))
    if one.running:
        parts.append(_counted(one.running, "Am Ende lief %(n)s Gruppe.", "Am Ende liefen %(n)s Gruppen."))
    if before is not None and before.dates:
        parts.append(_before(before))
    return " ".join(parts)


def _dates(one: Figure) -> str:
    events = _counted(one.events, "%(n)s Veranstaltung", "%(n)s Veranstaltungen")
    dates = _counted(one.dates, "%(n)s Termin", "%(n)s Terminen")
    units = short(one.teaching_units)
    return _("%(events)s mit %(dates)s und %(units)s Unterrichtseinheiten.", events=events, dates=dates, units=units)


def _people(one: Figure) -> str:
    heads = _heads(one)
    if not one.participations:
        return " " + _("Gezählt wurden %(heads)s.", heads=heads)
    people = _counted(one.people, "%(n)s Person", "%(n)s verschiedene Personen")
    if one.participations == one.heads:
        return " " + _("Gezählt wurden %(heads)s, alle mit Namen (%(people)s).", heads=heads, people=people)
    named = short(one.participations)
    return " " + _(
        "Gezählt wurden %(heads)s, %(named)s davon mit Namen (%(people)s).", heads=heads, named=named, people=people
    )


def _groups(one: Figure) -> str:
    groups = _counted(one.groups, "%(n)s Gruppe", "%(n)s Gruppen")
    parents, children = short(one.parents), short(one.children)
    return _(
        "Erreicht wurden %(groups)s mit %(parents)s Eltern und %(children)s Kindern.",
        groups=groups, parents=parents, children=children,
    )  # fmt: skip


def _before(one: Figure) -> str:
    events = _counted(one.events, "%(n)s Veranstaltung", "%(n)s Veranstaltungen")
    return _("Im Vergleichszeitraum: %(events)s, %(heads)s.", events=events, heads=_heads(one))


def _heads(one: Figure) -> str:
    """Whoever came to several dates is in it several times. Where somebody estimated, no exact number is claimed."""
    text = _counted(one.heads, "%(n)s teilnehmende Person", "%(n)s Teilnehmende")
    return _("rund %(number)s", number=text) if one.estimated else text


def _counted(number: int, singular: str, plural: str) -> str:
    return ngettext(singular, plural, number, n=short(number))
