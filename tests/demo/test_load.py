"""The demo goes into an empty database only."""

import pytest

from events.demo.load import FIRST_DAY, DemoReport, load_demo
from events.demo.wording import refusal_text
from events.kit.clock import now
from events.kit.refusals import Refused
from events.office.tables import InstanceFact
from events.piccolo_app import APP_CONFIG


async def test_a_database_with_other_events_is_refused(demo: DemoReport) -> None:
    """Events nobody calls a demo are other events."""
    await _rename(FIRST_DAY, "something_else")
    password = demo.sign_in.read_text(encoding="utf-8")
    demo.sign_in.unlink()
    before = await _rows()
    try:
        with pytest.raises(Refused) as refused:
            await load_demo(now=now())
        assert "schon Veranstaltungen" in refusal_text(refused.value.reasons[0])
        assert await _rows() == before
        assert not demo.sign_in.exists()
    finally:
        await _rename("something_else", FIRST_DAY)
        demo.sign_in.write_text(password, encoding="utf-8")
        demo.sign_in.chmod(0o600)


async def _rename(fact: str, name: str) -> None:
    await InstanceFact.update({InstanceFact.name: name}).where(InstanceFact.name == fact)


async def _rows() -> dict[str, int]:
    return {table._meta.tablename: await table.count() for table in APP_CONFIG.table_classes}
