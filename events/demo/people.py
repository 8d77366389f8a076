"""Invented people, always the same ones: names out of the languages of the county, addresses on example.org."""

from functools import cache
from typing import NamedTuple

from events.kit.text import slugify

# Given and family names that go together; none of the pairs is meant to be anybody.
NAMES = (
    (
        ("Petra", "Markus", "Anja", "Jörg", "Sabine", "Lukas", "Ulrike", "Thomas", "Svenja", "Holger", "Katrin"),
        ("Brinkmann", "Osthoff", "Kremer", "Lohmann", "Dreyer", "Wiesner", "Hülsmann", "Tacke", "Rottmann"),
    ),
    (
        ("Elif", "Murat", "Zeynep", "Kemal", "Ayşe", "Emre", "Gülsüm", "Hakan", "Şükrü", "Nurcan", "Selin"),
        ("Yıldırım", "Aksoy", "Özkan", "Çetin", "Karaca", "Güneş", "Taşdemir", "Uslu", "Erdem"),
    ),
    (
        ("Rania", "Samir", "Huda", "Karim", "Lamis", "Nabil", "Salma", "Tarek", "Yara", "Bassel", "Dima"),
        ("Al-Hamwi", "Darwish", "Khalil", "Mansour", "Sabbagh", "Al-Masri", "Haddad", "Nasser", "Qasim"),
    ),
    (
        ("Agnieszka", "Marek", "Beata", "Tomasz", "Ewa", "Paweł", "Iwona", "Grzegorz", "Magda", "Rafał", "Zofia"),
        ("Kowalczyk", "Wrona", "Zielińska", "Sikora", "Maj", "Głowacka", "Pietrzak", "Bąk", "Lis"),
    ),
    (
        ("Olena", "Dmytro", "Iryna", "Andrij", "Natalia", "Sergej", "Oksana", "Viktor", "Larissa", "Maxim", "Halyna"),
        ("Koval", "Tkatschenko", "Melnyk", "Lysenko", "Hryzenko", "Marchuk", "Bondar", "Savchuk", "Schewtschuk"),
    ),
    (
        ("Arta", "Besnik", "Drita", "Ilir", "Mirjeta", "Fatos", "Teuta", "Arben", "Vjosa", "Luan", "Shpresa"),
        ("Krasniqi", "Hoxha", "Berisha", "Gashi", "Shala", "Morina", "Bytyqi", "Rexhepi", "Dervishi"),
    ),
    (
        ("Eleni", "Nikos", "Katerina", "Stavros", "Despina", "Yannis", "Sofia", "Kostas", "Anthi", "Petros", "Vasso"),
        ("Pavlidis", "Karras", "Doukas", "Mavridou", "Kalogeras", "Vlachos", "Tsolakis", "Lemonis", "Xenakis"),
    ),
    (
        ("Berivan", "Rojda", "Azad", "Dilan", "Serhat", "Hêlîn", "Jiyan", "Baran", "Evîn", "Zana", "Nazdar"),
        ("Demirhan", "Botan", "Polat", "Şahin", "Aslan", "Bozkurt", "Kaya", "Turan", "Ateş"),
    ),
    (
        ("Zahra", "Farid", "Mina", "Omid", "Shirin", "Jawad", "Laila", "Hamid", "Parwin", "Nasir", "Soraya"),
        ("Rahimi", "Ahmadzai", "Noori", "Sharifi", "Wardak", "Hosseini", "Yousufi", "Amiri", "Faizi"),
    ),
    (
        ("Milena", "Georgi", "Desislava", "Ivan", "Radka", "Jana", "Pavel", "Lenka", "Todor", "Hana", "Vesela"),
        ("Dimitrova", "Stoilov", "Ilieva", "Kolev", "Marinova", "Novotná", "Dvořák", "Horáková", "Petkov"),
    ),
)


class Person(NamedTuple):
    given_name: str
    family_name: str
    email: str


@cache
def person(number: int) -> Person:
    """The same person for the same number; up to 990 different ones."""
    given_names, family_names = NAMES[number % len(NAMES)]
    place = number // len(NAMES)
    given = given_names[place % len(given_names)]
    family = family_names[place % len(family_names)]
    return Person(given, family, f"{slugify(given)}.{slugify(family)}@example.org")


def people(first: int, how_many: int) -> tuple[Person, ...]:
    """`how_many` people in a row from number `first` on."""
    return tuple(person(number) for number in range(first, first + how_many))
