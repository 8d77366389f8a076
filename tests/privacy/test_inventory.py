"""The record of what is stored about people is complete: a column nobody has thought about does not get in."""

import pytest

from events.piccolo_app import APP_CONFIG
from events.privacy.inventory import CONSENT, CONTRACT, INVENTORY, TASK, WITHOUT_END

STORED = {
    table._meta.tablename: {column._meta.name for column in table._meta.columns} for table in APP_CONFIG.table_classes
}
USES = [(table, column, use) for table, columns in INVENTORY.items() for column, use in columns.items()]


def test_every_table_is_in_the_record_and_no_other() -> None:
    assert INVENTORY.keys() == STORED.keys()


@pytest.mark.parametrize("table", sorted(STORED))
def test_every_column_is_in_the_record_and_no_other(table: str) -> None:
    assert set(INVENTORY.get(table, {})) == STORED[table]


def test_nothing_about_a_person_is_kept_without_end() -> None:
    assert [(table, column) for table, column, use in USES if use.is_personal and use.kept == WITHOUT_END] == []


def test_what_is_about_a_person_names_one_of_our_legal_bases() -> None:
    assert {use.basis for _, _, use in USES if use.is_personal} == {TASK, CONSENT, CONTRACT}


TELLING = {
    "booking": "contact_email",
    "participant": "given_name family_name email phone needs",
    "outgoing_mail": "recipient content",
    "attendance_mark": "name",
    "staff_member": "email name password_hash",
    "person_counted": "person_hash",
}


@pytest.mark.parametrize("table", sorted(TELLING))
def test_names_and_addresses_of_people_count_as_personal(table: str) -> None:
    assert all(INVENTORY[table][column].is_personal for column in TELLING[table].split())


def test_evidence_and_counts_are_about_nobody() -> None:
    uses = (use for table in ("evidence_count", "group_report") for use in INVENTORY[table].values())
    assert not any(use.is_personal for use in uses)
