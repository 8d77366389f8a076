"""One database per test run, emptied for each test: SQLite, or the PostgreSQL named by EVENTS_DATABASE_URL."""

import asyncio
import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
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
from tests import ready_made

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


def pytest_collection_finish() -> None:
    """What is imported now stays; looking through it for garbage again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_sessionfinish() -> None:
    ready_made.dismiss()
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def schema(data_folder: Path) -> AsyncIterator[asyncio.AbstractEventLoop]:
    """All migrations on an empty database; the loop on which all but a few tests run."""
    if not database.on_sqlite():
        await DB.run_ddl("DROP SCHEMA IF EXISTS public CASCADE")
        await DB.run_ddl("CREATE SCHEMA public")
    await migrate()
    if database.on_sqlite():
        shutil.copy(DB.path, TEMPLATE)
    else:
        # The order of the tables does not matter to a replica.
        rows = " ".join(f'DELETE FROM "{table._meta.tablename}";' for table in APP_CONFIG.table_classes)
        await DB.run_ddl(
            "CREATE FUNCTION empty_all() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica "
            f"AS $$ BEGIN {rows} END $$"
        )
    yield asyncio.get_running_loop()
    if DB.pool:
        await DB.close_connection_pool()


@asynccontextmanager
async def emptied_sqlite() -> AsyncIterator[None]:
    for ending in ("-wal", "-shm"):
        Path(DB.path + ending).unlink(missing_ok=True)
    shutil.copy(TEMPLATE, DB.path)
    await DB.start_connection_pool()
    yield
    await DB.close_connection_pool()


@asynccontextmanager
async def emptied_postgres(home: asyncio.AbstractEventLoop) -> AsyncIterator[None]:
    """Connections stay open from test to test: each new one has to read all tables' descriptions again.

    A loop of its own, which cannot use them, gets others for as long as this lasts.
    """
    is_away = asyncio.get_running_loop() is not home
    kept, DB.pool = DB.pool, None if is_away else DB.pool
    if not DB.pool:
        await DB.start_connection_pool()
    await DB.pool.execute("SELECT empty_all()")
    yield
    if is_away:
        await DB.close_connection_pool()
        DB.pool = kept
    elif DB.pool and DB.pool.get_idle_size() < DB.pool.get_size():
        await DB.close_connection_pool()  # waits for who has not given a connection back


@pytest_asyncio.fixture(loop_scope="session")
async def db(empty_database: Callable[[], AbstractAsyncContextManager[None]]) -> AsyncIterator[None]:
    """An empty, migrated database with its connections open."""
    async with empty_database():
        yield


@pytest.fixture(scope="session")
def empty_database(schema: asyncio.AbstractEventLoop) -> Callable[[], AbstractAsyncContextManager[None]]:
    """For fixtures of a wider scope than `db`: entered anew, it is without a row, its connections open."""
    return emptied_sqlite if database.on_sqlite() else partial(emptied_postgres, schema)
