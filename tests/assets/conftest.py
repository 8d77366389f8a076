"""The built files, built when they are missing or old."""

import pytest

from events.assets.__main__ import main
from events.assets.places import BUILT
from events.web.static_files import read_built


@pytest.fixture(scope="session")
def css() -> str:
    """The one stylesheet."""
    assert main([]) == 0
    built = read_built(BUILT)
    return built.files[built.addresses["app.css"].rpartition("/")[2]].body.decode()
