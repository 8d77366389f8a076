"""Who signs in, with which session, and how often somebody has tried."""

from piccolo.columns import UUID, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table


class StaffMember(Table):
    """A person of the office or a trainer; `role` is one of `accounts.rules.ROLES`."""

    id = UUID(primary_key=True)
    email = Varchar(length=254, unique=True)
    name = Varchar(length=120)
    role = Varchar(length=20)
    password_hash = Text(help_text="argon2id; empty until a password is set")
    active = Boolean(default=True)
    created_at = Timestamptz()
    feed_version = Integer(default=1, help_text="of the address of the personal calendar; raised when it is renewed")
    feed_ended_at = Timestamptz(null=True, default=None, help_text="the personal calendar is switched off")


class StaffSession(Table):
    """A sign-in on one device. Only the hash of the cookie's token is kept."""

    id = UUID(primary_key=True)
    staff = ForeignKey(references=StaffMember, null=False, on_delete=OnDelete.cascade)
    token_hash = Varchar(length=64, unique=True)
    created_at = Timestamptz()
    last_seen_at = Timestamptz()


class ThrottleBucket(Table):
    """Tries of one kind from one place since a moment; `bucket` holds no readable address."""

    id = UUID(primary_key=True)
    bucket = Varchar(length=120, unique=True)
    tries = Integer(default=0)
    since = Timestamptz()
