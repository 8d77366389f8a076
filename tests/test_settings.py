"""A wrong setting stops the start with its name, its value and what is expected."""

from pathlib import Path

import pytest

from events.accounts.rules import ROLES as KNOWN_ROLES
from events.settings import ROLES, WrongSetting, read_settings
from tests.servers import output_of


def read(tmp_path: Path, **values: str) -> object:
    return read_settings({"EVENTS_DATA": str(tmp_path), **values})


def test_nothing_set_means_an_embedded_database_and_mails_as_files(tmp_path: Path) -> None:
    found = read_settings({"EVENTS_DATA": str(tmp_path)})
    assert found.database_url == f"sqlite:///{tmp_path}/teilnahme.sqlite"
    assert found.smtp_url is None and found.base_url == "http://localhost:8000" and found.spam_checks


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EVENTS_DATABASE_URL", "mysql://localhost/x"),
        ("EVENTS_BASE_URL", "anmeldung.example.org"),
        ("EVENTS_BASE_URL", "https://example.org/unterordner"),
        ("EVENTS_SECRET_KEY", "zu kurz"),
        ("EVENTS_SMTP_URL", "mail.example.org"),
        ("EVENTS_SMTP_URL", "smtp://mail.example.org:viele"),
        ("EVENTS_MAIL_FROM", "ki"),
        ("EVENTS_MAIL_RATE", "0"),
        ("EVENTS_MAIL_RATE", "schnell"),
        ("EVENTS_DNS", "ns.example.org"),
        ("EVENTS_DNS", "127.0.0.1:viele"),
        ("EVENTS_CALENDAR_METHOD", "REQUEST"),
        ("EVENTS_TRUSTED_PROXIES", "der da vorn"),
        ("EVENTS_SPAM_CHECKS", "ja"),
        ("EVENTS_LOG", "laut"),
        ("EVENTS_REQUIRE_TOTP", "admin, chef"),
        ("EVENTS_OIDC_ISSUER", "http://login.example.org"),
        ("EVENTS_OIDC_ISSUER", "https://login.example.org/?realm=x"),
    ],
)
def test_a_wrong_value_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=f"{name}=.*Erwartet wird: "):
        read(tmp_path, **{name: value})


@pytest.mark.parametrize("missing", ["EVENTS_OIDC_ISSUER", "EVENTS_OIDC_CLIENT_ID", "EVENTS_OIDC_CLIENT_SECRET"])
def test_an_identity_provider_needs_all_three(tmp_path: Path, missing: str) -> None:
    all_three = {
        "EVENTS_OIDC_ISSUER": "https://login.example.org/realms/kreis",
        "EVENTS_OIDC_CLIENT_ID": "teilnahme",
        "EVENTS_OIDC_CLIENT_SECRET": "ein langes Geheimnis",
    }
    found = read_settings({"EVENTS_DATA": str(tmp_path), **all_three})
    assert found.oidc and found.oidc.client_id == "teilnahme"
    with pytest.raises(WrongSetting, match=missing) as caught:
        read(tmp_path, **{name: value for name, value in all_three.items() if name != missing})
    assert "langes" not in str(caught.value)


def test_roles_that_need_a_second_factor_are_those_there_are(tmp_path: Path) -> None:
    found = read_settings({"EVENTS_DATA": str(tmp_path), "EVENTS_REQUIRE_TOTP": "admin, organiser"})
    assert found.require_totp == ("admin", "organiser") and ROLES == KNOWN_ROLES


def test_dates_in_mails_are_invitations_unless_the_operator_says_otherwise(tmp_path: Path) -> None:
    assert read_settings({"EVENTS_DATA": str(tmp_path)}).calendar_method == "REQUEST"
    publish = {"EVENTS_DATA": str(tmp_path), "EVENTS_CALENDAR_METHOD": "publish"}
    assert read_settings(publish).calendar_method == "PUBLISH"


def test_a_password_in_a_wrong_address_is_not_repeated(tmp_path: Path) -> None:
    for name in ("EVENTS_DATABASE_URL", "EVENTS_SMTP_URL"):
        with pytest.raises(WrongSetting) as wrong:
            read(tmp_path, **{name: "ftp://user:geheim@host/x"})
        assert "geheim" not in str(wrong.value)


def test_postgres_needs_a_key_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="EVENTS_SECRET_KEY"):
        read(tmp_path, EVENTS_DATABASE_URL="postgresql://localhost/x")


def test_the_key_is_made_once_and_only_we_may_read_it(tmp_path: Path) -> None:
    first, second = (read_settings({"EVENTS_DATA": str(tmp_path)}).secret_key for _ in range(2))
    assert first == second and len(first) >= 32
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongSetting, match="EVENTS_DATA"):
        read_settings({"EVENTS_DATA": str(tmp_path / "file" / "data")})


async def test_the_command_says_it_in_one_sentence_and_ends(tmp_path: Path) -> None:
    code, printed = await output_of("check", EVENTS_DATA=str(tmp_path), EVENTS_MAIL_RATE="viele")
    assert code == 1
    assert printed.strip() == (
        "Einstellung EVENTS_MAIL_RATE='viele' geht nicht. Erwartet wird: eine ganze Zahl ab 1 (Mails je Minute)."
    )


async def test_an_absent_database_is_one_sentence_too(tmp_path: Path) -> None:
    code, printed = await output_of(
        "serve", EVENTS_DATA=str(tmp_path), EVENTS_DATABASE_URL="postgresql://nobody@127.0.0.1:1/x"
    )
    assert code == 1 and "Traceback" not in printed
    assert printed.startswith("Die Datenbank ist nicht erreichbar") and printed.count("\n") == 1
