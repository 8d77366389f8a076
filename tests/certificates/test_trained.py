"""How many people of an institution were trained: each once, whatever becomes of their names."""

from uuid import uuid4

from events.certificates.actions import correct_name, issue, withdraw
from events.certificates.queries import valid_certificates
from events.certificates.tables import Certificate
from events.certificates.trained import Trained, trained_people
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import queries_so_far
from events.registration.signup import Person
from events.registration.tables import Registration
from tests.attendance.story import held_event, record, sign_up, was
from tests.factories import make_organisation, make_programme


async def test_people_with_a_valid_certificate_are_counted_once_by_programme(db: None) -> None:
    kita, other = await make_organisation(), await make_organisation("Kita Purzelbaum")
    programme = await make_programme("Rucksack KiTa")
    amira, bernd = (
        Person("Amira", "Haddad", "amira@example.org", organisation=kita),
        Person("Bernd", "Beck", "bernd@example.org", organisation=kita),
    )
    carla = Person("Carla", "Conti", "carla@example.org", organisation=other)
    issued, amiras, carlas = [], [], []
    for people in ((amira, bernd, carla), (amira,)):
        event = await held_event(policy={"certificate": "all"}, programme=programme)
        ids = [(await sign_up(event, person))[0] for person in people]
        await record(event.dates[0].id, *(was(id) for id in ids))
        amiras.append(ids[0])
        carlas.extend(ids[2:])
        issued.append(await issue(event.id, by=SYSTEM, now=now()))
    await Registration.update({Registration.person_key: "amira"}).where(Registration.id.is_in(amiras))
    before = queries_so_far()
    found = await trained_people(kita)
    assert queries_so_far() - before == 1
    assert found == [Trained(programme, "Rucksack KiTa", 2)]
    await withdraw(issued[1][0], "war nicht da", by=SYSTEM, now=now())
    assert await trained_people(kita) == found
    [of_amira] = (await valid_certificates(amiras)).values()
    await withdraw(of_amira.id, "war nicht da", by=SYSTEM, now=now())
    assert [one.people for one in await trained_people(kita)] == [1]
    [of_carla] = (await valid_certificates(carlas)).values()
    await correct_name(of_carla.id, "Carla", "Conte", "verschrieben", by=SYSTEM, now=now())
    assert [one.people for one in await trained_people(other)] == [1]
    assert await trained_people(uuid4()) == []
    # Names go, the number stays.
    await Certificate.update({Certificate.registration: None}).where(Certificate.ended_at.is_null())
    assert [one.people for one in await trained_people(other)] == [1]
