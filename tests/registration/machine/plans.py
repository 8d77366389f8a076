"""What a random life is made of: policies, events, people, waiting times. The first choices are the simplest."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.registration.machine.world import EventPlan

POLICIES = st.fixed_dictionaries(
    {
        "waiting_list": st.sampled_from(["direct", "offer", "off"]),
        "approval": st.sampled_from([False, False, True]),
        "needs_email": st.booleans(),
        "request_holds_place": st.booleans(),
        "agreement": st.sampled_from(["not_needed", "not_needed", "required"]),
        "cut_off_hours": st.sampled_from([0, 12, 48]),
        "max_party": st.sampled_from([3, 1, 2]),
        "sign_up_until_hours": st.sampled_from([0, 0, 24]),
        "cancel_until_hours": st.sampled_from([0, 0, 24]),
    }
)
PLANS = st.builds(
    EventPlan,
    capacity=st.sampled_from([2, 1, 3, 2, 1, 4, None]),
    days=st.sampled_from([8, 3, 20]),
    policy=POLICIES,
    share=st.sampled_from([None, 1, 2]),
    kind_share=st.sampled_from([None, None, 1]),
    share_days=st.sampled_from([None, 2]),
    groups=st.sampled_from([(), (1, None), (1, 2)]),
)
NAMES = ("Amira", "Bao", "Chidi")
MAILS = ("eins@example.org", "zwei@example.org", "drei@example.org", "vier@example.org", "")
WAITS = [timedelta(minutes=7), timedelta(hours=3), timedelta(hours=9), timedelta(days=1)]

NUMBERS = st.integers(0, 23)
PARTIES = st.sampled_from([1, 2, 1, 3])
PEOPLE = st.lists(
    st.tuples(st.sampled_from(NAMES), NUMBERS, PARTIES, NUMBERS), min_size=1, max_size=2, unique_by=lambda one: one[0]
)
"""Name, organisation, party, working group."""
