"""Cities, venues and organisations of the demo. The cities and their administrations are real, all else is invented."""

from typing import NamedTuple

CITIES = (
    "Castrop-Rauxel",
    "Datteln",
    "Dorsten",
    "Gladbeck",
    "Haltern am See",
    "Herten",
    "Marl",
    "Oer-Erkenschwick",
    "Recklinghausen",
    "Waltrop",
)


class VenuePlan(NamedTuple):
    """Latitude and longitude of invented addresses lie near the city's centre."""

    key: str
    name: str
    street: str
    postcode: str
    city: str
    latitude: float
    longitude: float


VENUES = (
    VenuePlan("kreishaus", "Kreishaus", "Kurt-Schumacher-Allee 1", "45657", "Recklinghausen", 51.611, 7.205),
    VenuePlan("sonnenhuegel", "Familienzentrum Sonnenhügel", "Am Sonnenhügel 12", "45768", "Marl", 51.657, 7.090),
    VenuePlan("stadtpark", "Grundschule am Stadtpark", "Parkweg 3", "45964", "Gladbeck", 51.571, 6.986),
    VenuePlan("familienbildung", "Familienbildungsstätte", "Kanalgasse 8", "45711", "Datteln", 51.654, 7.342),
    VenuePlan("vhs-haus", "VHS-Haus", "Ewaldring 21", "45699", "Herten", 51.595, 7.136),
    VenuePlan("buergerhaus", "Bürgerhaus", "Altstadtplatz 2", "44575", "Castrop-Rauxel", 51.550, 7.312),
    VenuePlan("fahrradwerkstatt", "Fahrradwerkstatt", "Hebewerkstraße 40", "45731", "Waltrop", 51.624, 7.398),
    VenuePlan("begegnungscafe", "Begegnungscafé", "Lindenplatz 5", "45739", "Oer-Erkenschwick", 51.642, 7.251),
    VenuePlan("pfarrheim", "Altes Pfarrheim", "Kirchgang 7", "45721", "Haltern am See", 51.743, 7.182),
    VenuePlan("stadtteiltreff", "Stadtteiltreff", "Zechenwiese 16", "46282", "Dorsten", 51.660, 6.965),
    VenuePlan("nordviertel", "Moscheegemeinde Nordviertel", "Nordring 55", "45966", "Gladbeck", 51.582, 6.990),
    VenuePlan("lippe", "Moscheegemeinde Lippe", "Lippeufer 9", "45770", "Marl", 51.680, 7.102),
    VenuePlan("bruecke", "Verein Brücke e. V.", "Schleusenstraße 31", "45711", "Datteln", 51.652, 7.345),
    VenuePlan(
        "griechischer-verein", "Griechischer Kulturverein", "Erinpfad 18", "44575", "Castrop-Rauxel", 51.548, 7.309
    ),
    VenuePlan("ulmenweg", "Moscheegemeinde Ulmenweg", "Ulmenweg 27", "45701", "Herten", 51.601, 7.150),
    VenuePlan("rathaus-dorsten", "Rathaus", "Rathausstraße 1", "46284", "Dorsten", 51.664, 6.970),
    VenuePlan("rathaus-herten", "Rathaus", "Rathausplatz 1", "45699", "Herten", 51.593, 7.138),
    VenuePlan("aula", "Aula am See", "Seeblick 4", "45721", "Haltern am See", 51.740, 7.195),
    VenuePlan("medienhaus", "Medienhaus", "Marktgasse 10", "45731", "Waltrop", 51.625, 7.395),
    VenuePlan("berufskolleg-herten", "Berufskolleg am Bergpark", "Haldenring 60", "45699", "Herten", 51.588, 7.131),
    VenuePlan("stadthalle", "Stadthalle", "Hansering 2", "46282", "Dorsten", 51.659, 6.962),
)

# How to get in, by key of the venue.
ACCESS = {
    "kreishaus": "Haupteingang mit Rampe, Aufzug im Foyer. Bitte melden Sie sich am Empfang.",
    "sonnenhuegel": "Eingang über den Hof. Bitte klingeln Sie.",
    "familienbildung": "Stufenloser Eingang auf der Rückseite.",
    "vhs-haus": "Aufzug neben dem Haupteingang.",
    "fahrradwerkstatt": "Zugang durch das Hoftor.",
    "pfarrheim": "Zwei Stufen am Eingang; eine Rampe legen wir auf Wunsch an.",
    "nordviertel": "Eingang zum Gemeindesaal rechts am Haus. Im Saal können Sie die Schuhe anbehalten.",
    "lippe": "Ebenerdiger Eingang.",
    "aula": "Rampe am Seiteneingang.",
    "stadthalle": "Stufenlos, Aufzug zum Saal.",
}

ADMINISTRATIONS = ("Kreis Recklinghausen", *(f"Stadt {city}" for city in CITIES))


class OrganisationPlan(NamedTuple):
    """`body` is the key of the Träger."""

    key: str
    name: str
    kind: str
    city: str
    body: str = ""


BODIES = (
    OrganisationPlan("vest", "Kita-Verbund Vestische Auen gGmbH", "body", "Recklinghausen"),
    OrganisationPlan("emscher", "Kita-Werk Emscherland gGmbH", "body", "Herten"),
    OrganisationPlan("lippetal", "Familienwerk Lippetal gGmbH", "body", "Dorsten"),
    OrganisationPlan("lebensbunt", "Trägerverein Lebensbunt e. V.", "body", "Marl"),
)

COMMUNITIES = (
    OrganisationPlan("nordviertel", "Moscheegemeinde Nordviertel", "community", "Gladbeck"),
    OrganisationPlan("lippe", "Moscheegemeinde Lippe", "community", "Marl"),
    OrganisationPlan("ulmenweg", "Moscheegemeinde Ulmenweg", "community", "Herten"),
    OrganisationPlan("bruecke", "Verein Brücke e. V.", "community", "Datteln"),
    OrganisationPlan("griechischer-verein", "Griechischer Kulturverein", "community", "Castrop-Rauxel"),
)

PARTNERS = (
    OrganisationPlan("gib", "Gesellschaft für innovative Beschäftigungsförderung (G.I.B.)", "association", "Bottrop"),
    OrganisationPlan("lotsen", "Verein der Arbeitsmarktlotsinnen und -lotsen", "association", "Herten"),
    *(
        OrganisationPlan(f"bip-{key}", f"Beratungs- und Informationscenter Pflege (BIP) {city}", "association", city)
        for key, city in (
            ("gladbeck", "Gladbeck"),
            ("marl", "Marl"),
            ("herten", "Herten"),
            ("datteln", "Datteln"),
            ("castrop-rauxel", "Castrop-Rauxel"),
        )
    ),
)

COLLEGES = (
    OrganisationPlan("berufskolleg-herten", "Berufskolleg am Bergpark", "vocational_college", "Herten"),
    OrganisationPlan("berufskolleg-marl", "Berufskolleg an der Lippe", "vocational_college", "Marl"),
    OrganisationPlan("berufskolleg-dorsten", "Berufskolleg Hansestraße", "vocational_college", "Dorsten"),
    OrganisationPlan("berufskolleg-vest", "Berufskolleg Vestische Höhe", "vocational_college", "Recklinghausen"),
    OrganisationPlan("berufskolleg-emscher", "Berufskolleg Emschertal", "vocational_college", "Castrop-Rauxel"),
    OrganisationPlan("berufskolleg-gladbeck", "Berufskolleg am Wasserturm", "vocational_college", "Gladbeck"),
)

SCHOOLS = (
    OrganisationPlan("schule-stadtpark", "Grundschule am Stadtpark", "institution", "Gladbeck", "stadt-gladbeck"),
    OrganisationPlan("schule-lindenhof", "Grundschule Lindenhof", "institution", "Herten", "stadt-herten"),
    OrganisationPlan(
        "schule-halde", "Grundschule an der Halde", "institution", "Recklinghausen", "stadt-recklinghausen"
    ),
)

KITA_NAMES = (
    ("Familienzentrum Sonnenhügel", "Marl", "lebensbunt"),
    ("Kita Regentropfen", "Recklinghausen", "vest"),
    ("Kita Purzelbaum", "Herten", "emscher"),
    ("Familienzentrum Arche am Kanal", "Datteln", "vest"),
    ("Kita Wiesenwichtel", "Dorsten", "lippetal"),
    ("Kita Löwenherz", "Gladbeck", "emscher"),
    ("Familienzentrum Erinpark", "Castrop-Rauxel", "vest"),
    ("Kita Seestern", "Haltern am See", "lippetal"),
    ("Kita Glückauf", "Oer-Erkenschwick", "vest"),
    ("Kita Schiffshebewerk", "Waltrop", "vest"),
    ("Familienzentrum Südstraße", "Recklinghausen", "vest"),
    ("Kita Kleine Halde", "Herten", "emscher"),
    ("Kita Butterblume", "Marl", "lebensbunt"),
    ("Kita Brückenkinder", "Gladbeck", "emscher"),
    ("Familienzentrum Holsterhof", "Dorsten", "lippetal"),
    ("Kita Weltentdecker", "Castrop-Rauxel", "lebensbunt"),
    ("Kita Zwergenland", "Datteln", "vest"),
    ("Kita Drachenflieger", "Marl", "lebensbunt"),
    ("Familienzentrum Kastanienhof", "Herten", "emscher"),
    ("Kita Sternschnuppe", "Recklinghausen", "vest"),
    ("Kita Marienkäfer", "Oer-Erkenschwick", "lebensbunt"),
    ("Kita Farbenfroh", "Gladbeck", "emscher"),
    ("Kita Windmühle", "Waltrop", "lippetal"),
    ("Familienzentrum Lippeaue", "Marl", "lebensbunt"),
    ("Kita Tausendfüßler", "Castrop-Rauxel", "vest"),
    ("Kita Pusteblume", "Recklinghausen", "emscher"),
)

KITAS = tuple(
    OrganisationPlan(f"kita-{number}", name, "institution", city, body)
    for number, (name, city, body) in enumerate(KITA_NAMES)
)


def organisations() -> tuple[OrganisationPlan, ...]:
    """Bodies before what belongs to them."""
    administrations = tuple(
        OrganisationPlan(administration_key(name), name, "administration", name.split(" ", 1)[1])
        for name in ADMINISTRATIONS
    )
    return (*administrations, *BODIES, *COMMUNITIES, *PARTNERS, *COLLEGES, *SCHOOLS, *KITAS)


def administration_key(name: str) -> str:
    return name.lower().replace(" ", "-")
