"""Forms sent from elsewhere change nothing."""

import pytest

from events.kit.origin import why_cross_origin

OWN = ["https://termine.example.org", "localhost:8000"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "https://termine.example.org"},
        {"origin": "https://TERMINE.example.org:443"},
        {"origin": "http://localhost:8000"},
        {"origin": "https://localhost:8000"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
    ],
)
def test_our_own_forms_and_programs_may_post(headers: dict[str, str]) -> None:
    assert why_cross_origin("POST", headers, OWN) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "https://termine.example.org"},
        {"sec-fetch-site": "what-comes-next"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://evil.example"},
        {"origin": "http://termine.example.org"},
        {"origin": "https://termine.example.org.evil.example"},
        {"origin": "https://termine.example.org:8443"},
        {"origin": "http://[::1"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "post"])
def test_forms_of_other_pages_may_not(method: str, headers: dict[str, str]) -> None:
    assert why_cross_origin(method, headers, OWN)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_always_allowed(method: str) -> None:
    assert why_cross_origin(method, {"sec-fetch-site": "cross-site"}, OWN) is None
