"""Counting tries: of anything, by anyone. A bucket is full for a while, never for good, so nobody is locked out."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from events.accounts.tables import ThrottleBucket

FORGOTTEN_AFTER = timedelta(days=1)

_COUNT = """
INSERT INTO throttle_bucket (id, bucket, tries, since) VALUES ({}, {}, 1, {})
ON CONFLICT (bucket) DO UPDATE SET
    tries = CASE WHEN throttle_bucket.since <= {} THEN 1 ELSE throttle_bucket.tries + 1 END,
    since = CASE WHEN throttle_bucket.since <= {} THEN excluded.since ELSE throttle_bucket.since END
RETURNING tries
"""


async def too_many(bucket: str, limit: int, per: timedelta, now: datetime) -> int | None:
    """Counts one try; when it is more than `limit` since the first within `per`: the seconds to wait, else None.

    `bucket` says kind and place ("sign-up:203.0.113.0/24"); only its hash is stored. Refused tries are counted but do
    not lengthen the wait. Call it outside a transaction that may be rolled back.
    """
    key, expired = _key(bucket), now - per
    counted = await ThrottleBucket.raw(_COUNT, uuid4(), key, now, expired, expired)
    if counted[0]["tries"] <= limit:
        return None
    found = await ThrottleBucket.select(ThrottleBucket.since).where(ThrottleBucket.bucket == key).first()
    since: datetime = found["since"] if found else now
    return max(1, int((since + per - now).total_seconds()) + 1)


async def too_many_of(limits: Mapping[str, int], per: timedelta, now: datetime) -> int | None:
    """Counts one try in each bucket with one statement; the seconds to wait when any of them is over its limit."""
    keys = {_key(bucket): limit for bucket, limit in limits.items()}
    values = [part for key in keys for part in (uuid4(), key, now)]
    statement = _COUNT.replace("({}, {}, 1, {})", ", ".join(["({}, {}, 1, {})"] * len(keys)))
    counted = await ThrottleBucket.raw(
        statement.replace("RETURNING tries", "RETURNING bucket, tries"), *values, now - per, now - per
    )
    over = any(row["tries"] > keys[row["bucket"]] for row in counted)
    return int(per.total_seconds()) if over else None


async def forget(bucket: str) -> None:
    """Empties one bucket, as after a successful sign-in."""
    await ThrottleBucket.delete().where(ThrottleBucket.bucket == _key(bucket))


async def sweep(now: datetime) -> None:
    """Removes buckets nobody asks about any more; for the nightly tidying."""
    await ThrottleBucket.delete().where(ThrottleBucket.since < now - FORGOTTEN_AFTER)


def _key(bucket: str) -> str:
    kind = bucket.partition(":")[0][:40]
    return f"{kind}:{hashlib.sha256(bucket.encode()).hexdigest()}"
