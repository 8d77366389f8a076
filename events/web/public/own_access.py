"""What the handlers behind one's own link share: whose page it is, and the way back to it."""

from dataclasses import dataclass

from litestar import Response
from litestar.response import Redirect

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

    @property
    def by(self) -> Actor:
        return person(self.access.booking)


async def opened(token: str) -> Opened:
    """Raises NotFound for what we never gave out, Gone for a link that was renewed."""
    access = await access_behind(token)
    return Opened(access, await own_page(access, now()))


def shown(
    token: str, own: Opened, *, notice: str = "", form: Filled = NOTHING_TYPED, status: int = 200, cancelling: str = ""
) -> Response[bytes]:
    """The own page. `form` is that for further dates; `cancelling` the id of the event whose way out stands open."""
    return page(
        "public/booking/show.html",
        status=status,
        headers=NEVER_KEPT,
        booking=own.page,
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
