"""One database per test run, emptied for each test: SQLite, or the PostgreSQL named by EVENTS_DATABASE_URL."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

# Before anything of ours is imported: piccolo_conf.DB is made once per process from these.
CACHE = Path(__file__).resolve().parent.parent / ".cache"
CACHE.mkdir(exist_ok=True)
FOLDER = Path(tempfile.mkdtemp(prefix="test-", dir=CACHE))
os.environ["EVENTS_DATA"] = str(FOLDER)
os.environ["PYTEST_DEBUG_TEMPROOT"] = str(CACHE)  # tests write inside the project's folder too
os.environ["EVENTS_BASE_URL"] = "http://testserver.local"
os.environ["EVENTS_SECRET_KEY"] = "only-for-tests-only-for-tests-only-for-tests"
os.environ.setdefault("EVENTS_DATABASE_URL", f"sqlite:///{FOLDER / 'test.sqlite'}")

import pytest
import pytest_asyncio
from argon2 import PasswordHasher

from events.accounts import passwords
from events.kit import database
from events.piccolo_app import APP_CONFIG
from events.schema import migrate
from events.web import letterhead
from piccolo_conf import DB

REAL_HASHER = passwords._HASHER
TEMPLATE = FOLDER / "template.sqlite"


@pytest.fixture(scope="session", autouse=True)
def light_passwords() -> Iterator[None]:
    """Hundreds of tests begin with a sign-in; 46 MiB for each hash are for real passwords."""
    patch = pytest.MonkeyPatch()
    patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def office_read_once() -> Iterator[None]:
    """Twice a minute some page asks one question more: no comparison of queries must meet just that one."""
    patch = pytest.MonkeyPatch()
    patch.setattr(letterhead, "LONGEST", 3600.0)
    yield
    patch.undo()


@pytest.fixture
def real_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests about what a hash costs."""
    monkeypatch.setattr(passwords, "_HASHER", REAL_HASHER)


@pytest.fixture(scope="session")
def data_folder() -> Iterator[Path]:
    yield FOLDER


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for no database learns nothing from a second one: the run on PostgreSQL leaves these out."""
    for item in items:
        if "schema" not in getattr(item, "fixturenames", ()):
            item.add_marker("no_database")


def pytest_sessionfinish() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def schema(data_folder: Path) -> None:
    """All migrations on an empty database."""
    if not database.on_sqlite():
        await DB.run_ddl("DROP SCHEMA IF EXISTS public CASCADE")
        await DB.run_ddl("CREATE SCHEMA public")
    await migrate()
    if database.on_sqlite():
        shutil.copy(DB.path, TEMPLATE)


@asynccontextmanager
async def emptied_database() -> AsyncIterator[None]:
    """The database without a row, its connections open."""
    if database.on_sqlite():
        for ending in ("-wal", "-shm"):
            Path(DB.path + ending).unlink(missing_ok=True)
        shutil.copy(TEMPLATE, DB.path)
    else:
        # A fifth of the time TRUNCATE takes; the order of the tables does not matter to a replica.
        statements = " ".join(f'DELETE FROM "{table._meta.tablename}";' for table in APP_CONFIG.table_classes)
        await DB.run_ddl(f"DO $$ BEGIN SET LOCAL session_replication_role = replica; {statements} END $$")
    await DB.start_connection_pool()
    yield
    await DB.close_connection_pool()


@pytest_asyncio.fixture(loop_scope="session")
async def db(schema: None) -> AsyncIterator[None]:
    """An empty, migrated database with its connections open."""
    async with emptied_database():
        yield


@pytest.fixture(scope="session")
def empty_database(schema: None) -> Callable[[], AbstractAsyncContextManager[None]]:
    """For fixtures of a wider scope than `db`: entered anew, it empties the database."""
    return emptied_database
