"""Signing in through an identity provider: who it vouches for gets in, and no lie about it does."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from events.accounts import actions, managing
from events.accounts.sign_on import arrive, depart
from events.accounts.tables import SignOnAttempt, StaffMember
from events.accounts.tokens import sweep_tokens
from events.kit.actor import SYSTEM
from events.kit.refusals import Refused
from events.settings import settings
from tests.accounts.identity_provider import CLIENT, SECRET, identity_provider
from tests.people import ADMIN_MAIL, BERND_MAIL, PASSWORD

NOW = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
HOME = "192.0.2.7"


@pytest.fixture
def provider(monkeypatch):
    with identity_provider(NOW) as found:
        found.person = {"email": "Bernd@Example.org"}
        monkeypatch.setenv("EVENTS_OIDC_ISSUER", found.issuer)
        monkeypatch.setenv("EVENTS_OIDC_CLIENT_ID", CLIENT)
        monkeypatch.setenv("EVENTS_OIDC_CLIENT_SECRET", SECRET)
        settings.cache_clear()
        yield found
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
async def bernd(db):
    return await actions.add_staff(BERND_MAIL, "Bernd", "organiser", by=SYSTEM, now=NOW)


async def there(departure):
    """What the browser brings back from the provider."""
    async with httpx.AsyncClient() as browser:
        answer = await browser.get(departure.address)
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


async def and_back(departure, now=NOW, **other):
    said = {**await there(departure), **other}
    return await arrive(departure.ticket, said["state"], said["code"], said["iss"], HOME, now, "Firefox")


async def refused(action):
    with pytest.raises(Refused) as caught:
        await action
    (reason,) = caught.value.reasons
    return reason.code, reason.facts.get("why")


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
async def test_bernd_signs_in_without_a_password_of_ours(provider, bernd, algorithm):
    provider.algorithm = algorithm
    view = await actions.session_of(await and_back(await depart(HOME, NOW)), NOW)
    assert view and view.id == bernd and not view.by_link
    assert await SignOnAttempt.count() == 0


async def test_an_audience_of_several_names_us_as_the_one_it_is_for(provider, bernd):
    provider.lies = {"aud": [CLIENT, "other"], "azp": CLIENT}
    assert await and_back(await depart(HOME, NOW))


LIES = {
    "another audience": {"aud": "other"},
    "several audiences, for another": {"aud": [CLIENT, "other"], "azp": "other"},
    "several audiences, for nobody": {"aud": [CLIENT, "other"]},
    "no audience": {"aud": None},
    "another issuer": {"iss": "https://elsewhere.example.org"},
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "expired": {"exp": int((NOW - timedelta(minutes=2)).timestamp())},
    "without an end": {"exp": None},
    "not yet": {"nbf": int((NOW + timedelta(hours=1)).timestamp())},
    "from the future": {"iat": int((NOW + timedelta(hours=1)).timestamp())},
    "nobody": {"sub": None},
    "an address nobody proved": {"email_verified": False},
    "an address somehow proved": {"email_verified": "true"},
    "no word about the proof": {"email_verified": None},
    "no address": {"email": None},
    "two addresses": {"email": [BERND_MAIL]},
}


@pytest.mark.parametrize("lies", LIES.values(), ids=LIES)
async def test_no_lie_signs_anybody_in(provider, bernd, lies):
    provider.lies = lies
    assert (await refused(and_back(await depart(HOME, NOW))))[0] == "sign_on_failed"


# That nobody should sign like this, the library says too.
@pytest.mark.filterwarnings("ignore:JWS algorithm")
@pytest.mark.parametrize("algorithm", ["none", "HS256"])
async def test_a_signature_anybody_could_make_is_none(provider, bernd, algorithm):
    provider.algorithm = algorithm
    assert await refused(and_back(await depart(HOME, NOW))) == ("sign_on_failed", "UnsupportedAlgorithmError")


async def test_a_signature_by_another_key_is_none(provider, bernd):
    provider.foreign_key = True
    assert (await refused(and_back(await depart(HOME, NOW))))[0] == "sign_on_failed"


async def test_somebody_unknown_or_disabled_is_not_let_in_and_no_account_is_made(provider, db):
    assert (await refused(and_back(await depart(HOME, NOW))))[0] == "sign_on_unknown"
    assert await StaffMember.count() == 0
    await actions.add_staff(ADMIN_MAIL, "Ada", "admin", PASSWORD, by=SYSTEM, now=NOW)
    bernd = await actions.add_staff(BERND_MAIL, "Bernd", "organiser", by=SYSTEM, now=NOW)
    await managing.disable(bernd, by=SYSTEM, now=NOW)
    assert (await refused(and_back(await depart(HOME, NOW))))[0] == "sign_on_unknown"


async def test_each_state_counts_once_and_for_ten_minutes(provider, bernd):
    departure = await depart(HOME, NOW)
    assert await and_back(departure)
    assert await refused(and_back(departure)) == ("sign_on_failed", "used")
    late = await depart(HOME, NOW)
    assert await refused(and_back(late, now=NOW + timedelta(minutes=10))) == ("sign_on_failed", "used")
    await sweep_tokens(NOW + timedelta(minutes=11))
    assert await SignOnAttempt.count() == 0


async def test_nobody_comes_back_for_another_browser(provider, bernd):
    mine, dorians = await depart(HOME, NOW), await depart(HOME, NOW)
    said = await there(dorians)
    for ticket, state in ((mine.ticket, said["state"]), ("", said["state"]), (mine.ticket, "")):
        assert await refused(arrive(ticket, state, said["code"], "", HOME, NOW)) == ("sign_on_failed", "state")


async def test_a_code_of_another_browser_is_worth_nothing(provider, bernd):
    stolen = await there(await depart(HOME, NOW))
    assert (await refused(and_back(await depart(HOME, NOW), code=stolen["code"])))[0] == "sign_on_failed"


async def test_another_provider_is_not_ours(provider, bernd):
    assert await refused(and_back(await depart(HOME, NOW), iss="https://elsewhere.example.org")) == (
        "sign_on_failed",
        "issuer",
    )
    provider.calls_itself = "https://elsewhere.example.org"
    assert await refused(depart(HOME, NOW)) == ("sign_on_failed", "issuer differs")


async def test_a_provider_that_is_gone_is_said_and_no_fault(provider, bernd, monkeypatch):
    monkeypatch.setenv("EVENTS_OIDC_ISSUER", "http://127.0.0.1:9")
    settings.cache_clear()
    assert await refused(depart(HOME, NOW)) == ("sign_on_failed", "URLError")
