"""The office of the demo: its name and cities, who signs in, and the file that holds their one random password."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from uuid import UUID

from events.accounts.actions import add_staff
from events.demo.places import CITIES
from events.kit.actor import SYSTEM
from events.office.actions import set_cities, set_office
from events.office.views import OfficeView
from events.settings import settings

SIGN_IN_FILE = "demo-sign-in.txt"

OFFICE = OfficeView(
    name="Kommunales Integrationszentrum Kreis Recklinghausen (Demo)",
    county="Kreis Recklinghausen",
    street="Musterallee 1",
    postcode_and_town="45657 Recklinghausen",
    phone="02361 000000",
    email="ki@example.org",
)

STAFF = (
    ("admin@example.org", "Amal Lindner", "admin"),
    ("bernd@example.org", "Bernd Kowalski", "organiser"),
    ("carla@example.org", "Carla Yılmaz", "reader"),
    ("trainer@example.org", "Tarik Behrens", "trainer"),
)


async def load_office(*, now: datetime) -> None:
    await set_office(OFFICE, by=SYSTEM, now=now)
    await set_cities(CITIES, by=SYSTEM, now=now)


async def load_staff(*, now: datetime) -> dict[str, UUID]:
    """The ids by role. All have one random password, which stands in the sign-in file only."""
    password = secrets.token_urlsafe(12)
    found = {role: await add_staff(email, name, role, password, by=SYSTEM, now=now) for email, name, role in STAFF}
    _write_sign_in(password)
    return found


def sign_in_file() -> Path:
    return settings().data / SIGN_IN_FILE


def _write_sign_in(password: str) -> None:
    path = sign_in_file()
    path.unlink(missing_ok=True)  # an older file may be readable by others
    lines = [f"{email}  ({role})" for email, _, role in STAFF]
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join([*lines, "", f"Passwort für alle: {password}", ""]))
