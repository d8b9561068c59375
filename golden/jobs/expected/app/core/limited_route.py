"""Routes with limits: whoever asks too often is refused before the request is looked into."""

from collections.abc import Callable, Coroutine, Generator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from fastapi import Request, Response
from fastapi.routing import APIRoute
from fastapi.security.utils import get_authorization_scheme_param
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from app.core.config import UNLIMITED, Settings
from app.core.errors import AuthenticationError, RateLimitUnavailableError
from app.core.operation_limits import OPERATION_LIMITS
from app.core.rate_limit import RateLimiter, address_of
from app.core.security import decode_access_token

_logger: structlog.stdlib.BoundLogger = structlog.get_logger("app.rate_limit")

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def build_operation_limiters(
    settings: Settings, counter: SlidingWindowCounterRateLimiter
) -> dict[str, RateLimiter]:
    """Return the limiters of the operations, by name."""
    if not settings.rate_limits_enabled:
        return {}
    limits = {**OPERATION_LIMITS, **settings.rate_limits}
    return {
        operation: RateLimiter(operation, limit, counter)
        for operation, limit in limits.items()
        if limit != UNLIMITED
    }


class LimitedRoute(APIRoute):
    """A route that counts its requests by caller, where its operation has a limit.

    It does so before the body is read, and tells callers apart without the database: requests
    that are refused cost next to nothing.
    """

    def get_route_handler(self) -> _Handler:
        """Put the limit in front of the handler."""
        handle = super().get_route_handler()

        async def limited(request: Request) -> Response:
            limiters: Mapping[str, RateLimiter] = request.app.state.operation_limiters
            limiter = limiters.get(self.name)
            if limiter is None:
                return await handle(request)
            with _open_without_storage():
                await limiter.hit(_account_of(request) or address_of(request))
            return await handle(request)

        return limited


def _account_of(request: Request) -> str | None:
    """Return whose access token it is; its signature is proof enough to count by."""
    scheme, token = get_authorization_scheme_param(request.headers.get("Authorization"))
    if scheme.lower() != "bearer":
        return None
    try:
        return f"account:{decode_access_token(token, request.app.state.settings).user_id}"
    except AuthenticationError:
        return None


@contextmanager
def _open_without_storage() -> Generator[None]:
    """Let requests through while nobody can count them: a limit is no access rule."""
    try:
        yield
    except RateLimitUnavailableError as error:
        _logger.warning("rate_limit_unavailable", cause=repr(error.__cause__))
