"""Piccolo's PostgreSQL engine, made safe when a commit fails and spared a round trip after each query."""

from collections.abc import Hashable
from typing import Any

from piccolo.engine.postgres import PostgresEngine, PostgresTransaction


class ReturningTransaction(PostgresTransaction):
    """Gives its connection back to the pool even when BEGIN or COMMIT fails."""

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        self.connection = await self.get_connection()
        try:
            self.transaction = self.connection.transaction()
            await self.begin()
        except BaseException:
            await self._give_back()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        if self._parent is not None:
            return False
        self.engine.current_transaction.reset(self.context)
        try:
            if error is None and not (self._committed or self._rolled_back):
                await self.commit()
            elif error is not None and not self._rolled_back and not self.connection.is_closed():
                await self.rollback()
        finally:
            await self._give_back()
        return False

    async def _give_back(self) -> None:
        if self.engine.pool:
            await self.engine.pool.release(self.connection)
        else:
            await self.connection.close()


class PatientPostgres(PostgresEngine):
    """One pool per process, at most ten connections."""

    def __init__(self, address: str) -> None:
        self.executed = 0
        super().__init__(config={"dsn": address}, extensions=())

    async def start_connection_pool(self, **options: Any) -> None:
        """Again does nothing."""
        if self.pool is not None:
            return

        async def keep(_connection: Any) -> None:
            """Without this asyncpg sends RESET ALL after each query; we never change session state."""

        await super().start_connection_pool(**{"min_size": 2, "max_size": 10, "reset": keep, **options})

    async def state(self) -> Hashable:
        """See `database.state_of_everything`: a snapshot names all transactions it sees, finished or not."""
        return str((await self._run_in_pool("SELECT pg_current_snapshot()::text AS state", []))[0]["state"])

    def transaction(self, allow_nested: bool = True) -> ReturningTransaction:
        return ReturningTransaction(self, allow_nested)

    async def run_querystring(self, querystring: Any, in_pool: bool = True) -> Any:
        self.executed += 1
        return await super().run_querystring(querystring, in_pool)
