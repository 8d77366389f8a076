"""The cast: Amira takes part, Bernd runs events, Carla only reads, Dorian must see nothing."""

from events.registration.signup import Person

AMIRA = Person(given_name="Amira", family_name="Haddad", email="amira@example.org", phone="02361 111111", city="Herten")
DORIAN = Person(given_name="Dorian", family_name="Weiß", email="dorian@example.org", city="Marl")

ADMIN_MAIL = "admin@example.org"
BERND_MAIL = "bernd@example.org"
CARLA_MAIL = "carla@example.org"
DORIAN_MAIL = "dorian@example.org"
PASSWORD = "vier bunte Vögel singen"
