"""The link a trainer is mailed: derived, so it can be mailed again. What it opens is in `trainer_access`."""

from uuid import UUID

from events.kit import links
from events.kit.refusals import Gone, NotFound
from events.programme.trainers import Charge, charge_by_id
from events.settings import settings

PURPOSE = "trainer"


def trainer_address(id: UUID, version: int, onward: str = "") -> str:
    """`onward`: a page behind the sign-in to go to once the link is opened; without one, the own dates."""
    token = links.derive(settings().secret_key, PURPOSE, id, version)
    return f"{settings().base_url}/team/zugang/{token}" + (f"?weiter={onward}" if onward else "")


async def charge_behind(token: str) -> Charge:
    """It may have ended. Raises NotFound for what we never gave out, Gone for a link that was renewed."""
    given = links.read(token)
    charge = await charge_by_id(given.id) if given else None
    if charge is None:
        raise NotFound
    answer = links.check(settings().secret_key, PURPOSE, token, charge.link_version)
    if answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
    return charge
