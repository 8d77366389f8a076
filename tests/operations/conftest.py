"""Each of these tests has a data folder of its own: a restore brings in whoever stands on its list of the erased, and
what other tests left there is nobody of theirs.

What moves between databases is told where both kinds are at hand: in the run on PostgreSQL.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from events.kit.database import on_sqlite
from events.settings import settings

collect_ignore = ["test_move.py"] if on_sqlite() else []


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path) -> Iterator[None]:
    """The commands they run read it from the environment as well."""
    folder = tmp_path / "hier"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENTS_DATA", str(folder))
        settings.cache_clear()
        yield
    settings.cache_clear()
