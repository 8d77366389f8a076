"""Figures of the 2016/2017 report that are entered, not counted: KOMM-AN units, and what NRW and the Bund report."""

from datetime import datetime

from events.demo.known import Known
from events.evidence.beside import Comparison, FundedEntry, enter_comparison, enter_funded_units

FUNDING = "KOMM-AN NRW"
SOURCE = "Bericht des Kommunalen Integrationszentrums 2016/2017"
RECIPIENT = "Dritte im Kreis"

# Carried out in 2016 (604 in all), applied for in July 2017 (580).
UNITS = (
    ("Räume", 33, 9),
    ("Laufende Kosten", 5, 0),
    ("Begleitungen", 105, 81),
    ("Maßnahmen / Angebote", 52, 69),
    ("Broschüren / Informationsmaterialien", 9, 6),
    ("Internetseiten", 4, 1),
    ("Übersetzung", 187, 40),
    ("Stunden zur Qualifizierung von Ehrenamtlichen", 164, 214),
    ("Monatliche Austauschtreffen von Ehrenamtlichen", 45, 160),
)

COMPARISONS = (
    ("griffbereit", "Bund", "über 300 Gruppen"),
    ("rucksack-kita", "NRW", "über 500 Gruppen"),
    ("rucksack-kita", "Bund", "etwa 800 Gruppen"),
    ("rucksack-schule", "NRW", "über 150 Gruppen"),
)


async def load_funding(known: Known, *, now: datetime) -> None:
    await enter_funded_units([*_carried_out(), *_applied()], by=known.by, now=now)
    for programme, place, text in COMPARISONS:
        await enter_comparison(Comparison(known.programmes[programme], place, text, SOURCE), by=known.by, now=now)


def _carried_out() -> list[FundedEntry]:
    return [
        FundedEntry(funding=FUNDING, year=2016, unit=unit, recipient=RECIPIENT, carried_out=number)
        for unit, number, _ in UNITS
    ]


def _applied() -> list[FundedEntry]:
    return [
        FundedEntry(funding=FUNDING, year=2017, unit=unit, recipient=RECIPIENT, applied=number)
        for unit, _, number in UNITS
    ]
