"""Mail addresses and the prefixes of network addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.kit.addresses import address_key, address_prefix, mail_address


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Amira.Yilmaz@Example.ORG ", "Amira.Yilmaz@example.org"),
        ("info+kita@bücher.example", "info+kita@xn--bcher-kva.example"),
        ("info@straße.example", "info@xn--strae-oqa.example"),
        ("jürgen@example.org", "jürgen@example.org"),
        ("o'hara@sub.example.co", "o'hara@sub.example.co"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
        ("a" * 64 + "@example.org", "a" * 64 + "@example.org"),
    ],
)
def test_an_address_is_stored_as_it_is_sent_to(typed: str, stored: str) -> None:
    assert mail_address(typed) == stored
    assert mail_address(stored) == stored


@pytest.mark.parametrize(
    "typed",
    [
        *("", "amira", "@example.org", "amira@", "amira@localhost", "amira@@example.org", "a b@example.org"),
        *(
            ".a@example.org",
            "a.@example.org",
            "a..b@example.org",
            "a@-x.org",
            "a@x..org",
            "a@example.org.",
            "a@1.2.3.4",
        ),
        *("a@1.2.3.4", "a@[127.0.0.1]", "Amira <a@example.org>", "a@example.org, b@example.org", '"a b"@example.org'),
        *("a\r\nBcc: x@example.org", "a" * 65 + "@example.org", "a@" + "b." * 130 + "org", "\ud800@example.org"),
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert mail_address(typed) is None


@given(st.text())
def test_no_text_breaks_the_check_or_gets_a_line_break_through(text: str) -> None:
    address = mail_address(text + "@example.org")
    assert address is None or not set(address) & set("\r\n \0<>,;")


def test_spellings_of_one_address_have_one_key() -> None:
    assert address_key("Amira@Bücher.example") == address_key("amira@XN--BCHER-KVA.example")
    assert address_key("amira@example.org") != address_key("amira@example.com")


@pytest.mark.parametrize(
    ("ip", "prefix"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("unix", "unix"),
    ],
)
def test_neighbours_share_a_prefix(ip: str, prefix: str) -> None:
    assert address_prefix(ip) == prefix
