"""What the handlers behind one's own link share: whose page it is, and the way back to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from litestar import Response
from litestar.response import Redirect

from events.certificates.queries import valid_certificates
from events.certificates.views import CertificateView
from events.kit.actor import Actor, person
from events.kit.clock import now
from events.kit.translation import gettext as _
from events.registration.links import Access, access_behind
from events.registration.own.page import own_page
from events.registration.own.views import OwnPage
from events.web.public.filled import NEVER_KEPT, Filled
from events.web.public.subscriptions import subscriptions
from events.web.template_words import link
from events.web.templating import page

OWN = "/anmeldung/{token:str}"
NOTHING_TYPED = Filled({})


@dataclass(frozen=True)
class Opened:
    """A link that is valid, and everything it shows: what is not on the page is not theirs to change."""

    access: Access
    page: OwnPage
    certificates: Mapping[UUID, CertificateView]  # by registration; only those that hold

    @property
    def by(self) -> Actor:
        return person(self.access.booking)


async def opened(token: str) -> Opened:
    """Raises NotFound for what we never gave out, Gone for a link that was renewed."""
    access = await access_behind(token)
    shown = await own_page(access, now())
    return Opened(access, shown, await valid_certificates([one.id for one in shown.registrations]))


def shown(
    token: str, own: Opened, *, notice: str = "", form: Filled = NOTHING_TYPED, status: int = 200, cancelling: str = ""
) -> Response[bytes]:
    """The own page. `form` is that for further dates; `cancelling` the id of the event whose way out stands open."""
    return page(
        "public/booking/show.html",
        status=status,
        headers=NEVER_KEPT,
        booking=own.page,
        certificates=own.certificates,
        programs=subscriptions(own.page.calendar.address, _("Meine Termine")),
        token=token,
        notice=notice,
        form=form,
        cancelling=cancelling,
    )


def back(token: str, notice: str) -> Redirect:
    """To the own page, which says what happened."""
    return Redirect(link(f"/anmeldung/{token}?meldung={notice}"), status_code=303)


def back_to_start(notice: str) -> Redirect:
    """Where the own page is gone, or must not be shown."""
    return Redirect(link(f"/anmeldung?meldung={notice}"), status_code=303)
