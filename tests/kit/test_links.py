"""Derived links, random tokens and short codes."""

from uuid import UUID, uuid4

import pytest

from events.kit.links import (
    OLDEST_VERSIONS,
    SHORT_CODE_SIGNS,
    check,
    derive,
    hash_token,
    matches,
    random_token,
    read,
    read_short_code,
    short_code,
)

SECRET = "only for tests"
ID = UUID("11111111-2222-3333-4444-555555555555")
TOKEN = derive(SECRET, "booking", ID, 3)


def test_the_same_row_always_has_the_same_link() -> None:
    assert derive(SECRET, "booking", ID, 3) == TOKEN
    assert len(TOKEN) == 43


def test_a_link_is_stable_across_releases() -> None:
    # Mailed links must outlive every change of the code.
    assert derive("s", "p", UUID(int=1), 1) == "AAAAAAAAAAAAAAAAAAAAAfuuMpTZa4rkUZ3o0T5QqRM"


def test_a_link_names_its_row() -> None:
    found = read(TOKEN)
    assert found is not None
    assert found.id == ID
    assert check(SECRET, "booking", TOKEN, 3) == "valid"


@pytest.mark.parametrize(
    ("secret", "purpose", "version"), [("another", "booking", 3), (SECRET, "receipt", 3), (SECRET, "booking", 2)]
)
def test_another_secret_purpose_or_version_does_not_match(secret: str, purpose: str, version: int) -> None:
    assert not matches(secret, purpose, TOKEN, version)
    assert check(secret, purpose, TOKEN, version) == "unknown"


def test_a_raised_version_revokes_earlier_links() -> None:
    assert check(SECRET, "booking", TOKEN, 4) == "revoked"
    assert check(SECRET, "booking", TOKEN, 3 + OLDEST_VERSIONS) == "revoked"
    assert check(SECRET, "booking", TOKEN, 4 + OLDEST_VERSIONS) == "unknown"


def test_the_code_of_one_row_does_not_open_another() -> None:
    other = derive(SECRET, "booking", uuid4(), 3)
    assert check(SECRET, "booking", other[:21] + TOKEN[21:], 3) == "unknown"


@pytest.mark.parametrize("token", ["", "x", TOKEN[1:], TOKEN + "A", TOKEN + "=", TOKEN[1:] + "*", "ä" * 43, "A" * 5000])
def test_a_malformed_token_is_unknown_and_never_an_error(token: str) -> None:
    assert read(token) is None
    assert check(SECRET, "booking", token, 3) == "unknown"


def test_each_link_has_one_spelling() -> None:
    # The last of 43 signs carries two spare bits: three other signs decode to the same bytes.
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert [sign for sign in signs if read(TOKEN[:-1] + sign)] == [sign for sign in signs if signs.index(sign) % 4 == 0]


def test_random_tokens_differ_and_are_stored_as_hash() -> None:
    tokens = {random_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) * 6 >= 128 for token in tokens)
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_short_code_holds_nothing_that_is_misread() -> None:
    codes = {short_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {8}
    assert not set("".join(codes)) & set("0O1IL2Z5S8BAEU")


def test_a_short_code_is_read_as_people_type_it() -> None:
    assert read_short_code(" cdfg-hjkm ") == "CDFGHJKM"
    assert read_short_code("CDFG HJK") is None
    assert read_short_code("CDFGHJK0") is None
    assert len(SHORT_CODE_SIGNS) == len(set(SHORT_CODE_SIGNS))
