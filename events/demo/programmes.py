"""The programmes of the demo and the series of its upcoming events."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CARE_POLICY: Mapping[str, object] = {
    "needs_email": False,
    "max_party": 6,
    "dimensions": ["people", "language", "childcare"],
}

TRAINING_POLICY: Mapping[str, object] = {
    "certificate": "dates",
    "certificate_least": 3,
    "certificate_excused": True,
    "certificate_across_runs": True,
}


@dataclass(frozen=True, kw_only=True)
class ProgrammePlan:
    slug: str
    name: str
    family: str
    kind: str = "other"
    funding: str = ""
    policy: Mapping[str, object] = field(default_factory=dict)


# Exchange meetings and information events stay out of the family whose training dates and people are counted.
PROGRAMMES = (
    ProgrammePlan(
        slug="griffbereit",
        name="Griffbereit",
        family="Frühe Bildung",
        kind="multiplier_training",
        policy=TRAINING_POLICY,
    ),
    ProgrammePlan(
        slug="rucksack-kita",
        name="Rucksack KiTa",
        family="Frühe Bildung",
        kind="multiplier_training",
        policy=TRAINING_POLICY,
    ),
    ProgrammePlan(slug="rucksack-schule", name="Rucksack Schule", family="Frühe Bildung", kind="multiplier_training"),
    ProgrammePlan(slug="austausch-und-information", name="Austausch und Information", family="Austausch"),
    ProgrammePlan(
        slug="ehrenamt",
        name="Fortbildungsreihe Ehrenamt",
        family="Ehrenamt",
        kind="volunteer_training",
        funding="KOMM-AN NRW",
    ),
    ProgrammePlan(
        slug="ehrenamt-treffen",
        name="Austauschtreffen Ehrenamt",
        family="Ehrenamt im Austausch",
        funding="KOMM-AN NRW",
    ),
    ProgrammePlan(
        slug="pflege", name="Pflege und Gesundheit", family="Pflege", kind="care_information", policy=CARE_POLICY
    ),
    ProgrammePlan(
        slug="interkulturelle-kompetenz",
        name="Interkulturelle Kompetenz",
        family="Interkulturelle Öffnung",
        kind="intercultural_competence",
        policy={"dimensions": ["people", "organisation"]},
    ),
    ProgrammePlan(
        slug="zukunftswerkstaetten",
        name="Demokratie-Zukunftswerkstätten",
        family="Demokratie",
        kind="future_workshop",
        funding="NRWeltoffen",
    ),
    # The kick-off is not one of the five workshops; like exchange meetings it is counted beside them.
    ProgrammePlan(
        slug="zukunftswerkstaetten-auftakt",
        name="Auftakt der Demokratie-Zukunftswerkstätten",
        family="Auftakt und Vernetzung",
        funding="NRWeltoffen",
    ),
    ProgrammePlan(
        slug="integrationskonzept",
        name="Integrationskonzept",
        family="Integrationskonzept",
        policy={"dimensions": ["total", "role"]},
    ),
    ProgrammePlan(slug="anschluss-nach-der-ifk", name="Anschluss nach der IFK", family="Seiteneinstieg"),
    ProgrammePlan(slug="arbeitsmarktlotsen", name="Arbeitsmarktlotsinnen und -lotsen", family="Arbeitsmarkt"),
)


@dataclass(frozen=True, kw_only=True)
class SeriesPlan:
    """Texts by language code; the slug is made from the German title."""

    key: str
    programme: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    description: Mapping[str, str] = field(default_factory=dict)


SERIES = (
    SeriesPlan(
        key="ehrenamt-aktuell",
        programme="ehrenamt",
        title={
            "de": "Fortbildungsreihe Ehrenamt",
            "en": "Training series for volunteers",
            "tr": "Gönüllüler için eğitim dizisi",
            "ar": "سلسلة تدريبية للمتطوعين",
        },
        summary={
            "de": "Sechs Termine für alle, die Zugewanderte ehrenamtlich begleiten; einzeln oder als ganze Reihe.",
            "en": "Six sessions for volunteers who support newcomers; book single sessions or the whole series.",
            "tr": "Göçmenlere gönüllü olarak eşlik edenler için altı buluşma; tek tek ya da dizinin tamamı.",
            "ar": "ستة لقاءات لكل من يرافق الوافدين تطوعًا؛ يمكن حجز كل لقاء على حدة أو السلسلة كاملة.",
        },
        description={
            "de": "Die Themen haben Ehrenamtliche aus dem ganzen Kreis vorgeschlagen. Wer an mindestens vier Terminen "
            "teilnimmt, erhält am letzten Abend eine Bescheinigung. Wenn Sie die ganze Reihe buchen und an einem "
            "Termin verhindert sind, sagen Sie nur diesen ab: Ihr Platz geht dann an die Warteliste.\n\n"
            "Die Reihe ist kostenlos. Das Land Nordrhein-Westfalen fördert sie im Programm KOMM-AN NRW."
        },
    ),
    SeriesPlan(
        key="monatliches-austauschtreffen",
        programme="ehrenamt-treffen",
        title={"de": "Monatliche Austauschtreffen der Ehrenamtlichen"},
        summary={"de": "Jeden ersten Mittwoch im Monat im Begegnungscafé in Oer-Erkenschwick."},
    ),
    SeriesPlan(
        key="demokratie-zukunftswerkstaetten",
        programme="zukunftswerkstaetten",
        title={"de": "Demokratie-Zukunftswerkstätten"},
        summary={"de": "Auftakt und Werkstätten zu fünf Handlungsfeldern, auf persönliche Einladung."},
    ),
)
