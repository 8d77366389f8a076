"""Rows broken by hand of accounts and of what comes of an event: groups, certificates, feedback, outcomes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

from piccolo.table import Table

from events.accounts.actions import add_staff
from events.accounts.tables import RecoveryCode
from events.certificates.tables import Certificate
from events.evidence.funding import check_value
from events.evidence.funding_queries import funded_year
from events.evidence.tables import FundedSignOff, FundedUnit
from events.feedback.tables import FeedbackCode, FeedbackForm, FeedbackRound, LecturerReview
from events.groups.tables import Group, GroupReport
from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from events.outcomes.tables import Outcome
from events.programme.tables import Agreement, EventTrainer
from tests.factories import make_organisation, make_programme
from tests.two_with_a_place import Scene, sql

Story = Callable[[Scene], Awaitable[UUID]]


async def kept(row: Table) -> UUID:
    await type(row).insert(row)
    return UUID(str(row.to_dict()["id"]))


async def leading_nothing(_: Scene) -> UUID:
    return await kept(EventTrainer(staff=uuid4()))


async def leading_without_account(at: Scene) -> UUID:
    return await kept(EventTrainer(staff=uuid4(), event=at.event.id))


async def group(at: Scene, agreement: UUID | None = None) -> UUID:
    day = today()
    return await kept(
        Group(programme=at.event.programme_id, institution=await make_organisation(), name="Bären", agreement=agreement,
              started_on=day - timedelta(days=30), ended_on=day)
    )  # fmt: skip


async def agreement_for_something_else(at: Scene) -> UUID:
    agreement = Agreement(
        organisation=await make_organisation("Träger", "body"), programme=await make_programme("Rucksack"),
        starts_on=today(), created_at=now(),
    )  # fmt: skip
    return await group(at, await kept(agreement))


async def reported_before_it_began(at: Scene) -> UUID:
    day = today() - timedelta(days=31)
    return await kept(GroupReport(group=await group(at), reported_on=day, parents=1, children=1))


def certificate(ending: str, ended: bool) -> Story:
    async def broken(at: Scene) -> UUID:
        return await kept(
            Certificate(number=uuid4().hex[:10], programme=at.event.programme_id, event=at.event.id, language="de",
                        issued_at=now(), ending=ending, ended_at=now() if ended else None)
        )  # fmt: skip

    return broken


async def code_without_answer(at: Scene) -> UUID:
    form = await kept(FeedbackForm(programme=at.event.programme_id, created_at=now()))
    opened = await kept(FeedbackRound(event=at.event.id, form=form, opened_at=now(), closes_at=now()))
    await kept(FeedbackCode(round=opened, code_hash="x", used=True))
    return opened


async def signed_by_nobody(at: Scene) -> UUID:
    return await kept(LecturerReview(event=at.event.id, staff=uuid4(), changed_at=now(), signed_at=now()))


async def nobody_responsible(at: Scene) -> UUID:
    moments = {"created_at": now(), "changed_at": now(), "released_at": now()}
    return await kept(Outcome(event=at.event.id, field="Schule", step="Beraten", status="open", **moments))


async def signed_without_own_part(_at: Scene) -> UUID:
    """With the check value of what is there, so that nothing else is wrong."""
    unit = await kept(FundedUnit(funding="KOMM-AN", year=2026, unit="Treffen", measure="dates"))
    hash = check_value((await funded_year("KOMM-AN", 2026)).units)
    await kept(FundedSignOff(funding="KOMM-AN", year=2026, hash=hash, signed_at=now()))
    await sql("UPDATE funded_unit SET own = NULL WHERE id = {}", unit)
    return unit


async def codes_for_nothing(_at: Scene) -> UUID:
    staff = await add_staff("bernd@example.org", "Bernd", "reader", by=SYSTEM, now=now())
    await kept(RecoveryCode(staff=staff, code_hash="x"))
    return staff


async def unknown_role(_at: Scene) -> UUID:
    staff = await add_staff("bernd@example.org", "Bernd", "reader", by=SYSTEM, now=now())
    await sql("UPDATE staff_member SET role = 'chief' WHERE id = {}", staff)
    return staff


BROKEN_AFTERWARDS: dict[str, Story] = {
    "recovery_code": codes_for_nothing,
    "staff_role": unknown_role,
    "trainer_scope": leading_nothing,
    "trainer_account": leading_without_account,
    "group_agreement": agreement_for_something_else,
    "group_report_day": reported_before_it_began,
    "certificate_ending": certificate("withdrawn", ended=False),
    "certificate_replaced": certificate("replaced", ended=True),
    "feedback_code": code_without_answer,
    "review_signed": signed_by_nobody,
    "outcome_released": nobody_responsible,
    "funded_own": signed_without_own_part,
}
