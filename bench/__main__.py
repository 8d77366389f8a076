"""`make bench`: measures everything in turn and prints tables. docs/bench.md says how to read them."""

import asyncio
import sys
import time

from bench import certificates, feeds, imports, mail, mixed, pages, queries, roll_call, sign_ups, sites
from bench.tables import table


async def main() -> None:
    began = time.perf_counter()
    _say("Seiten werden gemessen …")
    found = await pages.measured()
    table(
        "Seiten, Median",
        ("ms je Antwort", "nackt", "gemerkt", "neu", "gemerkt/nackt", "neu/nackt"),
        [one.row() for one in found.times],
    )
    table("Erster Besuch der Liste, gepackt", ("Datei", "kB"), found.weight)
    await _calendar()
    _say("Anmeldungen werden gemessen …")
    made = [await sign_ups.measured("SQLite", sites.sqlite()), await sign_ups.measured("PostgreSQL", sites.postgres())]
    table(
        "Anmeldungen mit Spam-Prüfung, Median",
        ("Anmeldungen", "je Sekunde", "CPU-ms je Anmeldung", "MB danach"),
        [one.row() for one in made],
    )
    _say("Handlungen zugleich werden gemessen …")
    busy = [await mixed.measured("SQLite", sites.sqlite()), await mixed.measured("PostgreSQL", sites.postgres())]
    table(
        "Anmelden, ändern, zusagen, absagen zugleich an einer Reihe, zwei Prozesse",
        ("Handlungen", "Anzahl", "je Sekunde"),
        [one.row() for one in busy],
    )
    table("Speicher eines Prozesses", ("", "MB"), found.memory)
    _say("Abfragen werden gezählt …")
    table(
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
    table(
        "Übernahme von Listen (P.: Personen in der Datei)",
        ("Abfragen", f"{imports.FEW} P.", "ms", f"{imports.MANY} P.", "ms", "MB dazu"),
        await imports.measured(),
    )


async def _mails() -> None:
    _say("Mails werden gesendet …")
    table(
        "Versand eines Prozesses, Mails je Sekunde",
        ("Mails", "ohne Postausgang", "aus dem Postausgang", "nackt/Postausgang", "CPU-ms je Mail", "Abfragen je Mail"),
        [await mail.measured("SQLite", sites.sqlite()), await mail.measured("PostgreSQL", sites.postgres())],
    )


async def _roll_call() -> None:
    _say("Die Anwesenheitsliste wird gemessen …")
    title = f"Anwesenheit mit {roll_call.NAMES} Namen im Browser, Prozessor {roll_call.SLOWER}-mal langsamer"
    table(title, ("", ""), (await roll_call.measured()).rows())


async def _certificates() -> None:
    _say("Bescheinigungen werden verschickt …")
    found = [
        await certificates.measured("SQLite", sites.sqlite()),
        await certificates.measured("PostgreSQL", sites.postgres()),
    ]
    table(
        f"{certificates.PEOPLE} Bescheinigungen gedruckt und in den Postausgang gelegt, daneben Anmeldungen",
        ("", "Sekunden", "ms je Anmeldung allein", "ms daneben", "mal so lang"),
        [one.row() for one in found],
    )


async def _calendar() -> None:
    _say("Der Kalender wird gemessen …")
    calendar = await feeds.measured()
    table(
        f"Kalender mit {feeds.DATES} Terminen ({calendar.megabytes:.1f} MB; Prozess danach {calendar.memory:.0f} MB)",
        ("ms je Antwort", "ms", "mal nackt"),
        [one.row() for one in calendar.times],
    )


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
