"""What volunteers would like to hear about, and who would come."""

from piccolo.columns import UUID, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from events.programme.tables import Event


class TopicProposal(Table):
    """One wish. `title` and `details` are as the office shows them; the first voice is that of who proposed it."""

    id = UUID(primary_key=True)
    title = Varchar(length=120)
    details = Text()
    status = Varchar(length=12, help_text="a code of topics.status")
    answer = Text(help_text="what the office says to it; public")
    event = ForeignKey(references=Event, on_delete=OnDelete.set_null)
    created_at = Timestamptz()
    changed_at = Timestamptz()
    answered_at = Timestamptz(null=True, default=None)


class TopicVoice(Table):
    """One address backs one topic once. The address itself goes when the topic is answered; its hash stays."""

    id = UUID(primary_key=True)
    topic = ForeignKey(references=TopicProposal, null=False, on_delete=OnDelete.cascade)
    address_hash = Varchar(length=32)
    email = Varchar(length=320)
    language = Varchar(length=8)
    link_version = Integer(default=1)
    created_at = Timestamptz()
    proven_at = Timestamptz(null=True, default=None)
