"""Every state, reason and refusal has words."""

from events.kit.refusals import Refusal
from events.mail import rules, wording


def test_every_reason_has_words() -> None:
    codes = {rules.UNKNOWN_OUTCOME, rules.BAD_ADDRESS, rules.TOO_LATE, rules.GAVE_UP, rules.DISCARDED}
    assert codes == set(wording.REASONS)
    assert all(wording.reason_text(code) for code in codes)
    assert wording.reason_text("") == ""


def test_every_state_and_refusal_has_words() -> None:
    assert set(wording.STATUSES) == {"queued", "sent", "failed", "held"}
    assert wording.status_text("held") == "zurückgehalten"
    assert wording.refusal_text(Refusal("mail_erased")) == "Der Inhalt dieser Mail ist schon gelöscht."
