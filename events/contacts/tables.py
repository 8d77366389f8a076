"""People who want to hear from us: their topics and, append-only, what they agreed to."""

from piccolo.columns import UUID, Boolean, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from events.programme.tables import Programme


class Contact(Table):
    """One address in the Verteiler. Mailed once it is proven and as long as nobody has left."""

    id = UUID(primary_key=True)
    email = Varchar(length=320)
    address_hash = Varchar(length=32, unique=True, help_text="as in OptOut: one row an address, whatever its spelling")
    name = Varchar(length=160)
    organisation_name = Varchar(length=160)
    city = Varchar(length=80)
    language = Varchar(length=8)
    created_at = Timestamptz()
    proven_at = Timestamptz(null=True, default=None)
    left_at = Timestamptz(null=True, default=None)
    link_version = Integer(default=1)


class ContactTopic(Table):
    """A programme a contact wants to hear of."""

    id = UUID(primary_key=True)
    contact = ForeignKey(references=Contact, null=False, on_delete=OnDelete.cascade)
    programme = ForeignKey(references=Programme, null=False, on_delete=OnDelete.cascade)


class ContactConsent(Table):
    """Given or taken back: which text, when, in which way. Rows are added, never changed."""

    id = UUID(primary_key=True)
    contact = ForeignKey(references=Contact, null=False, on_delete=OnDelete.cascade)
    given = Boolean(help_text="false: taken back")
    text_version = Varchar(length=40, help_text="of the text agreed to")
    way = Varchar(length=12, help_text="web, paper, click or office")
    at = Timestamptz()
