"""Repeating an event by a rule or a list of days: first a preview of the days, then single events or more dates."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from litestar import Request, Response, get, post

from events.invitations.copying import Repetition, repeat_as_dates, repeat_as_events
from events.kit.clock import now
from events.kit.forms import Form, typed
from events.kit.refusals import Refused
from events.kit.translation import day as day_in_words
from events.kit.translation import gettext as _
from events.kit.translation import localized
from events.programme.conflicts import taken_places
from events.programme.planning_wording import refusal_text
from events.programme.queries import EventView, series_choices
from events.programme.repeat_forms import RepeatForm, read_repeat, repeat_values
from events.programme.repeating import ProposedDay, on_day, proposed_days, school_holidays_known
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.choices import series_pairs, venue_choices
from events.web.staff.frame import Filled, see, staff_page

REPEAT = "/team/veranstaltungen/{event_id:uuid}/wiederholen"


@get(REPEAT, guards=[needs("plan")])
async def repeat_form(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return await _form(staff, event, Filled(repeat_values(event)))


@post(REPEAT, guards=[needs("plan")])
async def repeat(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = read_repeat(sent, event)
    answer = _answer(sent)
    if form is None or answer == "back":
        return await _form(staff, event, Filled(typed(sent), errors), 422 if errors else 200)
    if answer != "yes":
        return await _preview(staff, event, form, typed(sent))
    try:
        return await _make(staff, event, form)
    except Refused as refused:
        said = {"day": " ".join(map(refusal_text, refused.reasons))}
        return await _preview(staff, event, form, typed(sent), said)


async def _make(staff: SignedIn, event: EventView, form: RepeatForm) -> Response[Any]:
    days = tuple(sorted(form.day))
    wanted = Repetition(form.submission, form.template(event), days, form.series, form.series_title)
    if form.makes == "dates":
        await repeat_as_dates(event.id, wanted, by=staff.actor, now=now())
        return see(f"/team/veranstaltungen/{event.id}", "termine")
    await repeat_as_events(event.id, wanted, by=staff.actor, now=now())
    return see("/team/veranstaltungen?ansicht=entwuerfe", "wiederholt")


def _answer(sent: Form) -> str:
    """To the preview: "yes", "back", or nothing yet."""
    return next((text for text in sent.getall("confirmed", []) if isinstance(text, str)), "")


async def _preview(
    staff: SignedIn,
    event: EventView,
    form: RepeatForm,
    sent: dict[str, list[str]],
    errors: dict[str, str] | None = None,
) -> Response[bytes]:
    """Each day with what stands against it; ticked are those that nothing stands against, or what was ticked."""
    days = proposed_days(form.rule)
    ticked = [one.isoformat() for one in form.day] if errors else [d.day.isoformat() for d in days if not d.is_skipped]
    taken = await taken_places([on_day(form.template(event), one.day) for one in days])
    kept = {name: values for name, values in sent.items() if name not in ("confirmed", "day")}
    return staff_page(
        "staff/planning/preview.html",
        staff,
        status=409 if errors else 200,
        event=event,
        repetition=form,
        form=Filled({"day": ticked}, errors or {}),
        days=[
            (one.day.isoformat(), day_in_words(one.day), " · ".join(_marks(one, found)))
            for one, found in zip(days, taken.values(), strict=True)
        ],
        skipped=sum(one.is_skipped for one in days),
        sent=kept,
    )


def _marks(one: ProposedDay, taken: Sequence[tuple[str, EventView]]) -> Iterator[str]:
    if one.against:
        yield _("%(why)s: nicht angekreuzt", why=", ".join(map(_, one.against)))
    yield from (_("Hinweis: %(what)s", what=_(hint)) for hint in one.hints)
    for place, event in taken:
        title = localized(event.title).text
        yield _("Überschneidung: %(place)s ist belegt durch „%(title)s“", place=place, title=title)
    if not school_holidays_known(one.day):
        yield _("Schulferien noch nicht bekannt")


async def _form(staff: SignedIn, event: EventView, form: Filled, status: Literal[200, 422] = 200) -> Response[bytes]:
    return staff_page(
        "staff/planning/repeat.html",
        staff,
        status=status,
        event=event,
        form=form,
        venues=await venue_choices(),
        series=series_pairs(await series_choices()),
        rhythms=[
            ("weekly", _("Jede Woche")),
            ("fortnightly", _("Alle zwei Wochen")),
            ("monthly", _("Jeden Monat am gleichen Wochentag, zum Beispiel am zweiten Dienstag")),
            ("list", _("An bestimmten Tagen")),
        ],
        kinds=[
            ("events", _("Einzelne Veranstaltungen"), _("Jede hat ihre eigene Anmeldung.")),
            ("dates", _("Weitere Termine dieser Veranstaltung"), _("Angemeldet wird für alle Termine zusammen.")),
        ],
    )


handlers = (team(repeat_form, repeat),)
