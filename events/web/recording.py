"""Listens to what the app sends and makes one `Answer` of it; long downloads in several parts pass through."""

from typing import cast

from litestar.types import (
    HTTPReceiveMessage,
    HTTPResponseBodyEvent,
    HTTPResponseStartEvent,
    Message,
    Receive,
    Send,
)

from events.web.answers import Answer, Wish
from events.web.headers import Headers, with_defaults

LONGEST_DRAIN = 50 * 1024 * 1024  # bytes


class Recorder:
    """Used as the app's `send`. After the app has ended, `answer` is there unless the parts were passed on."""

    def __init__(self, send: Send, wish: Wish, defaults: Headers, effort: int = 1) -> None:
        self.status = 500
        self.answer: Answer | None = None
        self._send, self._wish, self._defaults, self._effort = send, wish, defaults, effort
        self._start: HTTPResponseStartEvent | None = None
        self.passed_on = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = with_defaults(message["headers"], self._defaults)
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            if self.passed_on or message.get("more_body"):
                await self._pass_on(message)
            else:
                self.answer = Answer(self.status, list(self._start["headers"]), message["body"], self._effort)

    async def _pass_on(self, message: HTTPResponseBodyEvent) -> None:
        if not self.passed_on and self._start is not None:
            self.passed_on = True
            await self._send(self._start)
        if self._wish.head_only:
            message = {"type": "http.response.body", "body": b"", "more_body": message.get("more_body", False)}
        await self._send(message)


class Upload:
    """Used as the app's `receive`: knows whether everything that is being sent to us was taken."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._is_over = False

    async def __call__(self) -> HTTPReceiveMessage:
        message = cast(HTTPReceiveMessage, await self._receive())
        self._is_over = message["type"] == "http.disconnect" or not message.get("more_body", False)
        return message

    async def drain(self) -> None:
        """Takes the rest, so that a browser in the middle of sending reads our answer instead of "connection reset"."""
        taken = 0
        while not self._is_over and taken < LONGEST_DRAIN:
            message = await self()
            taken += len(message["body"]) if message["type"] == "http.request" else 0
