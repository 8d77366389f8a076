"""The demo goes into an empty database only."""

import pytest

from events.demo.load import load_demo
from events.demo.office import sign_in_file
from events.demo.wording import refusal_text
from events.kit.clock import now
from events.kit.refusals import Refused
from events.office.tables import InstanceFact
from events.programme.tables import Event, Programme
from tests.factories import make_event


async def test_a_database_with_other_events_is_refused(db: None) -> None:
    await make_event()
    sign_in_file().unlink(missing_ok=True)
    programmes = await Programme.count()
    with pytest.raises(Refused) as refused:
        await load_demo(now=now())
    assert "schon Veranstaltungen" in refusal_text(refused.value.reasons[0])
    assert (await Event.count(), await Programme.count()) == (1, programmes)
    assert await InstanceFact.count() == 0
    assert not sign_in_file().exists()
