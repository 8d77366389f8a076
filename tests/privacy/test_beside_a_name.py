"""Nowhere in the database does gender, nationality, age, religion or residence stand beside a name.

Walks every table: by its columns, and by the rows of a date at which people were marked and counted.
"""

import re
from collections.abc import AsyncIterator

import pytest

from events.evidence.actions import close_date
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.text import fold
from events.piccolo_app import APP_CONFIG
from events.registration.signup import Person
from tests.attendance.story import counted, held_event, record, sign_up, walked_in, was

TABLES = {table._meta.tablename: table for table in APP_CONFIG.table_classes}

OF_THE_PERSON = re.compile(
    r"gender|sex|geschlecht|nation|citizen|staats|birth|geburt|(^|_)age($|_)|alter|religion|faith|konfession|ethnic|"
    r"migration|residence|aufenthalt|salutation|anrede|title_of"
)
NAMES = re.compile(r"(given|family|contact)_name|^name$|recipient|email|phone|person_key|person_hash")


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_table_has_a_column_for_it(table):
    assert [
        column._meta.name for column in TABLES[table]._meta.columns if OF_THE_PERSON.search(column._meta.name)
    ] == []


def test_what_is_counted_stands_in_tables_without_names():
    for table in ("headcount", "evidence_count", "group_report", "feedback", "feedback_code"):
        columns = {column._meta.name for column in TABLES[table]._meta.columns}
        assert not any(NAMES.search(name) for name in columns), table
        assert not {"registration", "participant", "booking", "subject"} & columns, table


async def test_who_was_counted_cannot_be_read_beside_who_came(db: None) -> None:
    """Every row of every table: one that names somebody says nothing of the counts, one that counts names nobody."""
    event = await held_event()
    amira, bilge = await sign_up(
        event, Person(given_name="Amira", family_name="Zzyzx"), Person(given_name="Bilge Zzyzx")
    )
    counts = [counted(3, value="women"), counted(2, value="children"), counted(3, dimension="language", value="prs")]
    await record(event.dates[0].id, was(amira), was(bilge), walked_in("Cemile Zzyzx"), *counts)
    await close_date(event.dates[0].id, by=SYSTEM, now=now())
    naming, counting = set(), set()
    async for table, row in _rows():
        naming |= {table} if "zzyzx" in row else set()
        counting |= {table} if re.search("'(women|children|prs)'", row) else set()
    assert {"participant", "attendance_mark"} <= naming
    assert {"headcount", "evidence_count"} <= counting
    assert naming & counting == set()


async def _rows() -> AsyncIterator[tuple[str, str]]:
    for name, table in TABLES.items():
        for row in await table.select():
            yield name, fold(str(list(row.values())))
