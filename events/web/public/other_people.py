"""The buttons that add fields for one more person to a sign-up form and take them away; they work without scripts."""

from dataclasses import replace

from events.kit.forms import Form, rows
from events.registration.reading import PEOPLE
from events.web.public.filled import Filled, typed_again


def with_other_people(sent: Form, most: int) -> Filled | None:
    """The form as it goes on after one of the buttons, nothing typed lost; None when neither was pressed.

    `most`: named people of one sign-up, the contact included.
    """
    if _pressed(sent, "add"):
        return _with_one_more(sent, most)
    gone = _pressed(sent, "remove")
    return _without(sent, f"{PEOPLE}-{gone}-") if gone else None


def _with_one_more(sent: Form, most: int) -> Filled:
    form, people = typed_again(sent, {}), rows(sent, PEOPLE)
    if len(people) + 1 >= most:
        return form
    number = int(people[-1].split("-")[1]) + 1 if people else 1
    first = f"{PEOPLE}-{number}-given_name"
    return replace(form, values={**form.values, first: ""}, focus=first)


def _without(sent: Form, prefix: str) -> Filled:
    form = typed_again(sent, {})
    kept = {name: value for name, value in form.values.items() if not name.startswith(prefix)}
    return replace(form, values=kept, focus="add")


def _pressed(sent: Form, name: str) -> str:
    return "".join(str(value) for value in sent.getall(name, []))
