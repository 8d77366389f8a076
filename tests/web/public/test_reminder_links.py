"""The button of a reminder: it opens the own page at the question whether to cancel, and changes nothing by itself."""

import re
from uuid import uuid4

from httpx import AsyncClient

from events.registration.queries import registrations_of
from tests.factories import make_event
from tests.web.public.typing import signed_up

OPEN = re.compile(r'<details class="ask-first above-card-link" open>')


async def test_the_button_opens_the_question_and_cancels_nothing(client: AsyncClient) -> None:
    event = await make_event()
    own = await signed_up(client, event)
    await client.post(f"{own}/bestaetigen")
    for _opened_by_a_scanner in range(2):
        page = (await client.get(f"{own}?absagen={event.id}")).text
        assert len(OPEN.findall(page)) == 1 and page.count('id="absagen"') == 1
    assert page.index('id="absagen"') < page.index("Diesen Termin absagen") < page.index("Ja, absagen")
    assert [one.status for one in await registrations_of(event.id)] == ["confirmed"]


async def test_without_it_or_with_another_event_nothing_stands_open(client: AsyncClient) -> None:
    own = await signed_up(client, await make_event())
    for query in ("", f"?absagen={uuid4()}", '?absagen="><script>'):
        page = await client.get(f"{own}{query}")
        assert page.status_code == 200 and not OPEN.search(page.text) and 'id="absagen"' not in page.text
        assert "<script>" not in page.text.partition("<main")[2].partition("</main>")[0]
