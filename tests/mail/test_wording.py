"""Every state, reason and refusal has words."""

from events.kit.refusals import Refusal
from events.mail import rules, wording
from events.mail.bounces import BOUNCED
from events.mail.opt_outs import UNWANTED
from tests.source_tree import PROJECT


def test_every_reason_has_words() -> None:
    codes = {rules.UNKNOWN_OUTCOME, rules.BAD_ADDRESS, rules.TOO_LATE, rules.GAVE_UP, rules.DISCARDED, rules.REFUSED}
    codes |= {BOUNCED, UNWANTED, rules.RESTORED, "stopped"}
    assert codes == set(wording.REASONS)
    assert all(wording.reason_text(code) for code in codes)
    assert wording.reason_text("") == ""


def test_every_state_and_refusal_has_words() -> None:
    assert set(wording.STATUSES) == {"queued", "paused", "sent", "failed", "held"}
    assert wording.status_text("held") == "zurückgehalten"
    assert wording.refusal_text(Refusal("mail_erased")) == "Der Inhalt dieser Mail ist schon gelöscht."


def test_every_kind_of_mail_has_words() -> None:
    kinds = {path.name.partition(".")[0] for path in (PROJECT / "templates" / "mail").glob("*.subject.txt")}
    assert kinds - wording.KINDS.keys() == set()
    assert wording.kind_text("trial") == "Probemail" and wording.kind_text("unknown") == "unknown"
