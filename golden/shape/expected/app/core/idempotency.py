"""Requests that may be sent again: which are the same, and how they are answered then.

The header is that of the IETF draft "The Idempotency-Key HTTP Header Field".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from fastapi import Request
from fastapi.responses import Response

REPLAYED = "Idempotent-Replayed"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request with a key, by what tells it from others."""

    key_hash: str
    """Of the key and of who sent it: nobody is answered what others asked."""
    request_hash: str
    """Of method, address and body."""


async def attempt_of(request: Request, key: str, caller: object) -> Attempt:
    """Tell a request from others; ``caller`` is the key of an account, or None."""
    asked = f"{request.method} {request.url.path}?{request.url.query}\n"
    return Attempt(
        key_hash=sha256(f"{caller}\n{key}".encode()).hexdigest(),
        request_hash=sha256(asked.encode() + await request.body()).hexdigest(),
    )


class AnsweredBeforeError(Exception):
    """The request was done already; this is what it was answered."""

    def __init__(self, status: int, headers: Mapping[str, str], body: str) -> None:
        """Keep the answer."""
        super().__init__("answered before")
        self.status = status
        self.headers = dict(headers)
        self.body = body


async def on_answered_before(request: Request, error: Exception) -> Response:
    """Answer as the first time."""
    del request
    first = cast("AnsweredBeforeError", error)
    return Response(
        first.body or None,
        status_code=first.status,
        headers=first.headers | {REPLAYED: "true"},
        media_type="application/json" if first.body else None,
    )
