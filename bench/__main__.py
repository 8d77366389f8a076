"""`make bench`: measures everything in turn and prints tables. docs/bench.md says how to read them."""

import asyncio
import sys
import time
from collections.abc import Sequence

from bench import certificates, feeds, imports, mail, mixed, pages, queries, roll_call, sign_ups, sites


async def main() -> None:
    began = time.perf_counter()
    _say("Seiten werden gemessen …")
    found = await pages.measured()
    _table(
        "Seiten, Median",
        ("ms je Antwort", "nackt", "gemerkt", "neu", "gemerkt/nackt", "neu/nackt"),
        [one.row() for one in found.times],
    )
    _table("Erster Besuch der Liste, gepackt", ("Datei", "kB"), found.weight)
    await _calendar()
    _say("Anmeldungen werden gemessen …")
    made = [await sign_ups.measured("SQLite", sites.sqlite()), await sign_ups.measured("PostgreSQL", sites.postgres())]
    _table(
        "Anmeldungen mit Spam-Prüfung, Median",
        ("Anmeldungen", "je Sekunde", "CPU-ms je Anmeldung", "MB danach"),
        [one.row() for one in made],
    )
    _say("Handlungen zugleich werden gemessen …")
    busy = [await mixed.measured("SQLite", sites.sqlite()), await mixed.measured("PostgreSQL", sites.postgres())]
    _table(
        "Anmelden, ändern, zusagen, absagen zugleich an einer Reihe, zwei Prozesse",
        ("Handlungen", "Anzahl", "je Sekunde"),
        [one.row() for one in busy],
    )
    _table("Speicher eines Prozesses", ("", "MB"), found.memory)
    _say("Abfragen werden gezählt …")
    _table(
        "Datenbankabfragen (V.: Veranstaltungen im Programm)",
        ("Abfragen", f"{queries.FEW} V.", "ms", f"{queries.MANY} V.", "ms"),
        await queries.measured(),
    )
    await _lists()
    await _mails()
    await _roll_call()
    await _certificates()
    _say(f"Fertig nach {time.perf_counter() - began:.0f} Sekunden.")


async def _lists() -> None:
    _say("Listen werden übernommen …")
    _table(
        "Übernahme von Listen (P.: Personen in der Datei)",
        ("Abfragen", f"{imports.FEW} P.", "ms", f"{imports.MANY} P.", "ms", "MB dazu"),
        await imports.measured(),
    )


async def _mails() -> None:
    _say("Mails werden gesendet …")
    _table(
        "Versand eines Prozesses, Mails je Sekunde",
        ("Mails", "ohne Postausgang", "aus dem Postausgang", "nackt/Postausgang", "CPU-ms je Mail", "Abfragen je Mail"),
        [await mail.measured("SQLite", sites.sqlite()), await mail.measured("PostgreSQL", sites.postgres())],
    )


async def _roll_call() -> None:
    _say("Die Anwesenheitsliste wird gemessen …")
    title = f"Anwesenheit mit {roll_call.NAMES} Namen im Browser, Prozessor {roll_call.SLOWER}-mal langsamer"
    _table(title, ("", ""), (await roll_call.measured()).rows())


async def _certificates() -> None:
    _say("Bescheinigungen werden verschickt …")
    found = [
        await certificates.measured("SQLite", sites.sqlite()),
        await certificates.measured("PostgreSQL", sites.postgres()),
    ]
    _table(
        f"{certificates.PEOPLE} Bescheinigungen gedruckt und in den Postausgang gelegt, daneben Anmeldungen",
        ("", "Sekunden", "ms je Anmeldung allein", "ms daneben", "mal so lang"),
        [one.row() for one in found],
    )


async def _calendar() -> None:
    _say("Der Kalender wird gemessen …")
    calendar = await feeds.measured()
    _table(
        f"Kalender mit {feeds.DATES} Terminen ({calendar.megabytes:.1f} MB; Prozess danach {calendar.memory:.0f} MB)",
        ("ms je Antwort", "ms", "mal nackt"),
        [one.row() for one in calendar.times],
    )


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column is words, the others are figures."""
    widths = [max(len(cell) for cell in column) for column in zip(columns, *rows, strict=True)]
    print(f"\n{title}\n{'-' * (sum(widths) + 2 * len(widths) - 2)}")
    for row in (columns, *rows):
        first, *others = (
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([first, *others]).rstrip())
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
