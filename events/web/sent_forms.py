"""Reading a sent form without trusting how it was packed; what its fields mean is in `kit/forms.py`."""

from typing import Any

from litestar import Request
from litestar.datastructures import FormMultiDict
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException, InternalServerException

MOST_FIELDS = 20_000
"""More than the longest roll call has; millions of empty ones would hold everybody else up for seconds."""


class CarefulRequest(Request[Any, Any, Any]):
    """The app's requests."""

    async def form(self) -> FormMultiDict:
        """Raises ClientException (400) for what no form of ours sends: endless fields, bytes that are no text."""
        is_plain = self.content_type[0] == RequestEncodingType.URL_ENCODED
        try:
            if is_plain and (await self.body()).count(b"&") > MOST_FIELDS:
                raise ClientException("too many fields")
            return await super().form()
        except (UnicodeError, LookupError) as error:  # LookupError: a character set nobody knows
            raise ClientException("not a text") from error
        except InternalServerException as error:  # whoever was sending has gone; that is no fault of ours
            raise ClientException("not sent to its end") from error
