"""Unsubscribing from everything that goes to many, for good, by the link such mails carry.

The POST is taken from anywhere (RFC 8058): mail programs send it on their own, with a foreign Origin or none, and read
no redirects. That is safe: the token names exactly one address and cannot be guessed, no cookie is looked at, and all
that can be done with it is what whoever holds the mail may do anyway. A page that does not know the token can do
nothing; an OptOut is no use to it if it does. Nothing in the body matters, so nothing in it can go wrong.
"""

from litestar import Response, get, post
from litestar.params import FromPath

from events.contacts.actions import unsubscribe
from events.kit.clock import now
from events.mail.opt_outs import hash_behind
from events.web.public.filled import NEVER_KEPT
from events.web.templating import page

PATH = "/abmelden/{token:str}"


@get(PATH, include_in_schema=False)
async def show_button(token: FromPath[str]) -> Response[bytes]:
    """Never the address: who reads along learns nothing, and mail scanners that open links change nothing."""
    hash_behind(token)
    return page("public/unsubscribe/ask.html", headers=NEVER_KEPT, token=token)


@post(PATH, status_code=200, include_in_schema=False, opt={"cross_origin_ok": True})
async def end_mailings(token: FromPath[str]) -> Response[bytes]:
    await unsubscribe(hash_behind(token), way="click", now=now())
    return page("public/unsubscribe/done.html", headers=NEVER_KEPT)


handlers = (show_button, end_mailings)
