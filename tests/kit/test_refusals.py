"""Refusals carry all their reasons."""

from events.kit.refusals import Refusal, Refused


def test_a_refusal_holds_every_reason_in_order() -> None:
    refused = Refused(Refusal("too_late"), Refusal("full", {"waiting": 3}))
    assert [reason.code for reason in refused.reasons] == ["too_late", "full"]
    assert refused.reasons[1].facts["waiting"] == 3
    assert str(refused) == "too_late, full"


def test_equal_reasons_are_one_in_a_set() -> None:
    assert len({Refusal("full", {"waiting": 3}), Refusal("full", {"waiting": 3}), Refusal("full")}) == 2
