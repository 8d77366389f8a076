"""What people say about an event: asking them, reading what came back, a poster for the room."""

from typing import Annotated, Any, Literal

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.feedback.asking import ask, people_to_ask, was_asked
from events.feedback.posters import poster_data
from events.feedback.questions import SCALES
from events.feedback.results import QuestionResult, results_of
from events.feedback.rounds import ask_after_event, close_round, open_round, round_of
from events.feedback.rules import ASKED_AFTER, OPEN_FOR, why_not_open
from events.feedback.suppression import LEAST
from events.feedback.wording import refusal_text
from events.kit import documents
from events.kit.clock import now
from events.kit.refusals import Refusal, Refused
from events.kit.translation import LANGUAGES, gettext, localized
from events.office.queries import office
from events.programme.queries import EventView
from events.web.downloads import download
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import see, staff_page

PATH = "/team/veranstaltungen/{event_id:uuid}/feedback"
Text = Annotated[str, QueryParameter(max_length=60)]
Language = Annotated[Literal["de", "en", "tr", "ar"], QueryParameter()]


@get(PATH, guards=[needs("read_figures")])
async def show_feedback(staff: SignedIn, event: EventInSight, meldung: Text = "") -> Response[bytes]:
    moment, one = now(), await round_of(event.id)
    against = why_not_open(event.status, event.has_dates, event.ends_at, moment)
    results = await results_of(one, moment) if one else None
    return staff_page(
        "staff/feedback/event.html",
        staff,
        notice=meldung,
        event=event,
        round=one,
        state=one.state(moment) if one else "",
        is_over=event.is_over(moment),
        was_asked=one is not None and await was_asked(one.id),
        people=len(await people_to_ask(event)) if not one or one.state(moment) == "open" else 0,
        results=results,
        pictures=[_picture(found) for found in results.questions] if results else [],
        against=refusal_text(against) if against else "",
        least=LEAST,
        days=OPEN_FOR.days,
        hours=int(ASKED_AFTER.total_seconds()) // 3600,
        languages_of_poster=LANGUAGES.values(),
    )


@post(PATH + "/eroeffnen", guards=[needs("plan")])
async def open_by_hand(staff: SignedIn, event: EventInSight) -> Response[Any]:
    """Once the event is over the mails go at once, else some hours after its end."""
    await open_round(event.id, by=staff.actor, now=now())
    sent = await ask(event.id, now=now())
    return see(_here(event), "rueckmeldung_mails" if sent else "rueckmeldung_offen")


@post(PATH + "/schliessen", guards=[needs("plan")])
async def close_by_hand(staff: SignedIn, event: EventInSight) -> Response[Any]:
    await close_round(event.id, by=staff.actor, now=now())
    return see(_here(event), "rueckmeldung_zu")


@post(PATH + "/regel", guards=[needs("plan")])
async def choose(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    """Whether this event is asked about by itself."""
    asks = "ja" in (await request.form()).getall("asks", [])
    await ask_after_event(event.id, asks, by=staff.actor, now=now())
    return see(_here(event), "gespeichert")


@get(PATH + "/plakat.pdf", guards=[needs("read")])
async def poster(event: EventInSight, sprache: Language = "de") -> Response[bytes]:
    """For the wall or as a slide; who leads the event may fetch it, too."""
    one = await round_of(event.id)
    if one is None:
        raise Refused(Refusal("feedback_not_opened"))
    content = await documents.pdf("feedback", poster_data(event, one, await office(), sprache))
    return download(content, f"rueckmeldung-{event.slug}-{sprache}.pdf", "application/pdf")


def _picture(found: QuestionResult) -> dict[str, Any]:
    """What is shown as bars, in the order in which it was asked, and which answers are hidden."""
    question = found.question
    if question.is_scale:
        labels = [gettext(words) for words in SCALES[question.kind]]
        order = list(reversed(range(len(labels))))
    else:
        labels = [localized(one.text).text for one in question.options]
        order = list(range(len(labels)))
    cells = found.shown.cells
    return {
        "found": found,
        "text": localized(question.text),
        "rows": [(labels[place], cells[place]) for place in order if cells and cells[place] is not None],
        "hidden": [labels[place] for place in order if cells and cells[place] is None],
        "mean": None if found.shown.tenths is None else found.shown.tenths / 10,
    }


def _here(event: EventView) -> str:
    return PATH.replace("{event_id:uuid}", str(event.id))


handlers = (team(show_feedback, open_by_hand, close_by_hand, choose, poster),)
