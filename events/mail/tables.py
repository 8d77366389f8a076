"""The outbox: final bytes to one recipient each, frozen mailings to many, and addresses that take or want no mail."""

from piccolo.columns import JSON, UUID, Boolean, Bytea, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class OutgoingMail(Table):
    """One mail to one recipient. Unique by (kind, about, sequence, recipient)."""

    id = UUID(primary_key=True)
    kind = Varchar(length=40, help_text="which mail it is: confirmation, moved …")
    about = Varchar(length=80, help_text="what it is about, such as booking:<id>")
    sequence = Integer(default=0, help_text="distinguishes repeated mails about the same thing")
    mailing = UUID(null=True, default=None, help_text="the mailing it belongs to, if any")
    recipient = Varchar(length=320)
    sender = Varchar(length=320)
    message_id = Varchar(length=120)
    content = Bytea(null=True, default=None, help_text="final bytes; erased 7 days after sending")
    priority = Integer(default=5, help_text="people's own mails 1, bulk 9; smaller goes first")
    status = Varchar(length=12, default="queued", help_text="queued, paused, sent, failed or held")
    tries = Integer(default=0)
    due_at = Timestamptz(help_text="not before this moment")
    lease_until = Timestamptz(null=True, default=None)
    lease_holder = Varchar(length=64)
    useful_until = Timestamptz(null=True, default=None, help_text="after this it is not sent any more")
    reason = Varchar(length=20, help_text="why it failed or is held, a code of wording.REASONS")
    reply = Text(help_text="the server's last words, without addresses")
    created_at = Timestamptz()
    sent_at = Timestamptz(null=True, default=None)
    maybe_twice = Boolean(default=False, help_text="sent again after an attempt nobody knows the outcome of")


class Mailing(Table):
    """One frozen text to many: what it is about and who is meant; `jobs` expands it in batches.

    News of a change carry `facts`; a mailing written by the office has `title`, `texts` and `audience`.
    """

    id = UUID(primary_key=True)
    kind = Varchar(length=40)
    about = UUID(help_text="the event or date it is about; itself for a mailing written by the office")
    sequence = Integer(default=0)
    facts = JSON(default="{}", help_text="what the text needs, frozen when it was queued")
    status = Varchar(length=12, default="queued", help_text="draft, queued, paused, stopped or expanded")
    created_at = Timestamptz()
    expanded_at = Timestamptz(null=True, default=None)
    title = Varchar(length=200, help_text="what the office calls it; nobody else sees it")
    texts = JSON(default="{}", help_text="subject and body by language code, German required")
    audience = JSON(default="{}", help_text="whom it goes to: invitations.audiences")
    staff = UUID(null=True, default=None, help_text="the StaffMember who wrote it")
    started_at = Timestamptz(null=True, default=None)


class MailPause(Table):
    """Why nothing is sent at the moment: a fault on our side. One row while it lasts."""

    id = UUID(primary_key=True)
    reason = Text()
    since = Timestamptz()
    until = Timestamptz()


class UndeliverableAddress(Table):
    """An address a server refused for good. Nothing is sent to many there; whoever it belongs to is called."""

    id = UUID(primary_key=True)
    address = Varchar(length=320, unique=True, help_text="as the outbox writes it")
    reply = Text(help_text="the server's words, without addresses")
    mail = UUID(null=True, default=None, help_text="the OutgoingMail that came back")
    since = Timestamptz()
    settled_at = Timestamptz(null=True, default=None, help_text="somebody has seen to it")
    settled_by = UUID(null=True, default=None, help_text="the StaffMember")


class OptOut(Table):
    """An address that wants no invitations and no mailings any more. Kept for good, as a hash only."""

    id = UUID(primary_key=True)
    address_hash = Varchar(length=32, unique=True, help_text="mail.opt_outs.address_hash")
    created_at = Timestamptz()
    way = Varchar(length=12, help_text="click, page, mail or office")
