"""Tries are counted per bucket, for a while."""

import asyncio
from datetime import UTC, datetime, timedelta

from events.accounts.tables import ThrottleBucket
from events.accounts.throttle import forget, sweep, too_many

NOW = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def test_the_limit_is_allowed_and_one_more_waits(db):
    assert [await too_many("sign-up:a", 2, HOUR, NOW) for _ in range(2)] == [None, None]
    wait = await too_many("sign-up:a", 2, HOUR, NOW + timedelta(minutes=15))
    assert wait is not None and 2700 <= wait <= 2701


async def test_waiting_is_over_after_the_time_even_if_tries_went_on(db):
    for minutes in (0, 20, 40):
        await too_many("sign-up:a", 1, HOUR, NOW + timedelta(minutes=minutes))
    assert await too_many("sign-up:a", 1, HOUR, NOW + HOUR) is None


async def test_buckets_do_not_mix_and_can_be_forgotten(db):
    await too_many("sign-up:a", 1, HOUR, NOW)
    assert await too_many("sign-up:b", 1, HOUR, NOW) is None
    await forget("sign-up:a")
    assert await too_many("sign-up:a", 1, HOUR, NOW) is None


async def test_no_address_can_be_read_from_a_bucket(db):
    await too_many("sign-in-here:amira@example.org:192.0.2.0/24", 1, HOUR, NOW)
    stored = str(await ThrottleBucket.select())
    assert "amira" not in stored and "192.0.2" not in stored and "sign-in-here:" in stored


async def test_tries_at_once_are_all_counted(db):
    answers = await asyncio.gather(*(too_many("sign-up:a", 5, HOUR, NOW) for _ in range(12)))
    assert sum(answer is None for answer in answers) == 5


async def test_old_buckets_are_swept(db):
    await too_many("sign-up:old", 1, HOUR, NOW)
    await too_many("sign-up:new", 1, HOUR, NOW + timedelta(days=2))
    await sweep(NOW + timedelta(days=2))
    assert await ThrottleBucket.count() == 1
