"""What the office sets about itself: its name, its pages, its cities, facts about this installation."""

from piccolo.columns import JSON, UUID, Integer, Text, Varchar
from piccolo.table import Table


class Office(Table):
    """The one row that says who we are."""

    id = UUID(primary_key=True)
    name = Varchar(length=200)
    county = Varchar(length=200)
    street = Varchar(length=200)
    postcode_and_town = Varchar(length=200)
    phone = Varchar(length=40)
    email = Varchar(length=254)
    accent = Varchar(length=7, help_text="colour of what can be clicked, as #rrggbb; empty: as the program comes")


class OfficePage(Table):
    """An obligatory page (`impressum`, `datenschutz` …): Markdown by language code."""

    id = UUID(primary_key=True)
    slug = Varchar(length=60, unique=True)
    title = JSON(default="{}")
    body = JSON(default="{}")


class MailParagraph(Table):
    """What the office adds to one kind of mail: a paragraph by language code."""

    id = UUID(primary_key=True)
    kind = Varchar(length=40, unique=True)
    texts = JSON(default="{}")


class City(Table):
    """A city of the county, in the order lists show it."""

    id = UUID(primary_key=True)
    name = Varchar(length=80, unique=True)
    position = Integer(default=0)


class InstanceFact(Table):
    """A fact about this installation, such as the first day of its demo data."""

    id = UUID(primary_key=True)
    name = Varchar(length=60, unique=True)
    value = Text()
