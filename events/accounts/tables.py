"""Who signs in, with what and in which session, what they were mailed for it, and how often somebody has tried."""

from piccolo.columns import UUID, BigInt, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
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
    last_sign_in_at = Timestamptz(null=True, default=None)
    totp_since = Timestamptz(null=True, default=None, help_text="a second factor is asked for since then")
    totp_version = Integer(default=1, help_text="of the derived secret; raised when the second factor is switched off")
    totp_step = BigInt(default=0, help_text="the 30 seconds whose code was accepted last; none is accepted twice")


class StaffSession(Table):
    """A sign-in on one device. Only the hash of the cookie's token is kept."""

    id = UUID(primary_key=True)
    staff = ForeignKey(references=StaffMember, null=False, on_delete=OnDelete.cascade)
    token_hash = Varchar(length=64, unique=True)
    created_at = Timestamptz()
    last_seen_at = Timestamptz()
    device = Varchar(length=20, default="", help_text="the family of the browser, nothing else about it")


class StaffToken(Table):
    """What a mailed link or the step between password and code holds, once and for a short time. Only its hash."""

    id = UUID(primary_key=True)
    staff = ForeignKey(references=StaffMember, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(length=20, help_text="one of `accounts.rules.TOKENS`")
    token_hash = Varchar(length=64, unique=True)
    ends_at = Timestamptz()


class RecoveryCode(Table):
    """Opens the door once when the phone is lost. A used one is deleted."""

    id = UUID(primary_key=True)
    staff = ForeignKey(references=StaffMember, null=False, on_delete=OnDelete.cascade)
    code_hash = Varchar(length=64, unique=True)


class SignOnAttempt(Table):
    """Somebody went to the identity provider and has not come back yet. Says nothing about who."""

    id = UUID(primary_key=True)
    state_hash = Varchar(length=64, unique=True)
    ends_at = Timestamptz()


class ThrottleBucket(Table):
    """Tries of one kind from one place since a moment; `bucket` holds no readable address."""

    id = UUID(primary_key=True)
    bucket = Varchar(length=120, unique=True)
    tries = Integer(default=0)
    since = Timestamptz()
