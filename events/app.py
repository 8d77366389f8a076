"""create_app(): the one place where everything is wired together."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, cast

from litestar import Litestar
from litestar.types import ControllerRouterHandler

from events import jobs
from events.kit import logs
from events.kit.database import database
from events.settings import settings
from events.web import static_files
from events.web.errors import exception_handlers
from events.web.origin_guard import same_origin_only
from events.web.public import (
    booking,
    booking_calendar,
    booking_changes,
    booking_data,
    booking_links,
    booking_offers,
    calendar,
    certificates,
    colours,
    contacts,
    date_wishes,
    events,
    feedback,
    health,
    institution,
    invitations,
    metrics,
    outcomes,
    pages,
    partner,
    personal_feed,
    preview,
    registration,
    series,
    series_registration,
    topics,
    unsubscribe,
)
from events.web.sent_forms import CarefulRequest
from events.web.staff import (
    accounts,
    accounts_passwords,
    after_the_fact,
    agreement_files,
    agreements,
    attendance,
    audit,
    calendar_month,
    calls,
    certificate_papers,
    closing,
    dates,
    feedback_compared,
    feedback_forms,
    figures,
    funded_units,
    group_file,
    groups,
    history,
    imports,
    institution_links,
    invitation_changes,
    invitation_files,
    invitation_lines,
    invitation_mailings,
    later,
    mail_rules,
    mail_texts,
    mailing_audience,
    mailing_texts,
    mailings,
    office,
    office_pages,
    organisations,
    outbox,
    outbox_decisions,
    outcome_details,
    outcome_list,
    outcome_releases,
    own_account,
    own_account_code,
    own_dates,
    partner_links,
    people,
    phone,
    planning_bulk,
    planning_copy,
    posters,
    privacy,
    privacy_consents,
    privacy_requests,
    programmes,
    questions,
    quotas,
    registration_changes,
    registration_decisions,
    registrations,
    repeat,
    reviews,
    roll_call,
    scans,
    self_test,
    sharing,
    sheets,
    sign_in,
    sign_in_code,
    today,
    trainer_access,
    undeliverable,
    venues,
)
from events.web.staff import calendar as staff_calendar
from events.web.staff import certificates as staff_certificates
from events.web.staff import contacts as staff_contacts
from events.web.staff import events as staff_events
from events.web.staff import feedback as staff_feedback
from events.web.staff import invitations as staff_invitations
from events.web.staff import outcomes as staff_outcomes
from events.web.staff import series as staff_series
from events.web.staff import topics as staff_topics
from events.web.wrapper import Site

PUBLIC: tuple[ModuleType, ...] = (
    events, registration, series, series_registration, booking, feedback, booking_changes, booking_offers,
    booking_data, booking_links, invitations, date_wishes, contacts, unsubscribe, calendar, booking_calendar,
    personal_feed, pages, health, metrics, partner, certificates, outcomes, institution,
    topics, preview, colours,
)  # fmt: skip
STAFF: tuple[ModuleType, ...] = (
    outbox, outbox_decisions, undeliverable, self_test, mailings, mailing_audience, mailing_texts, mail_texts,
    sign_in, sign_in_code, accounts, accounts_passwords, own_account, own_account_code, audit,
    today, calls, staff_events, dates, registrations, registration_decisions, registration_changes, phone,
    imports, staff_invitations, invitation_changes, invitation_lines, invitation_files, invitation_mailings,
    questions, quotas, mail_rules, attendance, roll_call, later, sheets, scans, posters, closing, figures, history,
    funded_units, agreements, agreement_files, organisations, after_the_fact, staff_calendar, staff_contacts,
    trainer_access, own_dates, sharing, partner_links, staff_certificates, certificate_papers,
    staff_feedback, feedback_compared, feedback_forms, reviews, staff_outcomes, outcome_details,
    outcome_releases, outcome_list, groups, group_file, institution_links, office, office_pages, people, privacy,
    privacy_consents, privacy_requests,
    staff_topics, planning_bulk, planning_copy, repeat, calendar_month,
    venues, staff_series, programmes,
)  # fmt: skip

SIGN_ON = "events.web.staff.sign_in_oidc"
"""Needs 20 MB of libraries, so it is there only where the office has an identity provider."""

LARGEST_FORM = 2_000_000
"""Bytes; the longest texts in four languages are half of it. Handlers that take files say how much themselves."""

Companion = Callable[[Litestar], AbstractAsyncContextManager[None]]


def create_app(companions: Sequence[Companion] = ()) -> Site:
    """The whole site. `companions` live as long as it does and end before the database's connections (the worker)."""
    logs.configure(settings().log == "json")
    static_files.static_files()  # a missing build stops the start, not the first visitor
    handlers: list[ControllerRouterHandler] = [*static_files.handlers]
    for module in (*PUBLIC, *STAFF):
        handlers += module.handlers
    if settings().oidc:
        handlers += import_module(SIGN_ON).handlers
    return Site(
        route_handlers=handlers,
        guards=[same_origin_only],
        exception_handlers=cast(Any, exception_handlers),
        lifespan=[_connections, *companions],
        request_class=CarefulRequest,
        request_max_body_size=LARGEST_FORM,
        logging_config=None,  # ours says nothing about people, see web/request_log.py
        openapi_config=None,
    )


def create_app_with_worker() -> Site:
    """The site and, beside it, what the clock starts: what `events serve` runs unless told not to."""
    return create_app([lambda _app: jobs.working()])


@asynccontextmanager
async def _connections(_: Litestar) -> AsyncIterator[None]:
    """The database's connections, unless somebody holds them open already."""
    engine: Any = database()
    if engine.pool is not None:
        yield
        return
    await engine.start_connection_pool()
    try:
        yield
    finally:
        await engine.close_connection_pool()
