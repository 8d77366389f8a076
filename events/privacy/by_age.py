"""What goes after a fixed time, whatever event it belongs to: one line for each kind. Names in them are codes of
`retention_words.BY_AGE`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from events.attendance.sheets.scans import due_scans, remove_scans
from events.kit.database import transaction
from events.privacy import old_traces, work_contacts
from events.privacy.beside_sign_ups import portions
from events.programme.agreement_actions import old_files, remove_files
from events.topics.voices import make_nameless


@dataclass(frozen=True)
class Rule:
    """`find`: keys of what is due. `erase`: some of these, in a transaction; one statement for each table."""

    name: str
    find: Callable[[datetime], Awaitable[Sequence[Any]]]
    erase: Callable[[Sequence[Any]], Awaitable[None]]


RULES = (
    Rule("partner_contacts", work_contacts.partner_contacts, work_contacts.forget_partner_contacts),
    Rule("institution_contacts", work_contacts.institution_contacts, work_contacts.forget_institution_contacts),
    Rule("outcome_contacts", work_contacts.outcome_contacts, work_contacts.forget_outcome_contacts),
    Rule("scans", due_scans, remove_scans),
    Rule("agreement_files", old_files, remove_files),
    Rule("former_staff", work_contacts.former_staff, work_contacts.forget_staff),
    Rule("feedback_texts", old_traces.feedback_texts, old_traces.forget_feedback_texts),
    Rule("voices", old_traces.old_voices, make_nameless),
    Rule("bad_addresses", old_traces.old_bad_addresses, old_traces.forget_bad_addresses),
    Rule("mails", old_traces.old_mails, old_traces.forget_mails),
    Rule("sent_entries", old_traces.old_entries, old_traces.forget_entries),
    Rule("history", old_traces.old_history, old_traces.forget_history),
)

Found = Mapping[str, Sequence[Any]]
"""By name of the rule; rules that find nothing are missing."""


async def due_by_age(now: datetime) -> Found:
    """A fixed number of statements."""
    found = {rule.name: await rule.find(now) for rule in RULES}
    return {name: keys for name, keys in found.items() if keys}


async def erase_by_age(found: Found) -> Mapping[str, int]:
    """How many by name. Each portion is a transaction of its own."""
    for rule in RULES:
        for some in portions(found.get(rule.name, ())):
            async with transaction():
                await rule.erase(some)
    return {name: len(keys) for name, keys in found.items()}
