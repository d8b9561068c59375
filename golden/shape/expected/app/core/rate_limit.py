"""How often clients may ask, on top of ``limits`` (memory by default, Redis by configuration)."""

import math
import time
from ipaddress import IPv6Address, ip_address

from anyio import fail_after
from fastapi import Request
from limits import parse
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

from app.core.config import Settings
from app.core.errors import RateLimitedError, RateLimitUnavailableError
from app.core.metadata import NAME

LIMIT_HEADERS = ("RateLimit", "RateLimit-Policy", "Retry-After")
_PATIENCE_SECONDS = 1.0
_NETWORK_BITS = 64
_UNAVAILABLE = (StorageError, OSError)  # a timeout is one of these


class RateLimiter:
    """One limit, counted by caller."""

    def __init__(self, name: str, limit: str, counter: SlidingWindowCounterRateLimiter) -> None:
        """Parse ``limit`` (for example ``10/minute``); ``name`` tells it from others."""
        self._name = name
        self._limit = parse(limit)
        self._counter = counter

    async def hit(self, caller: str) -> None:
        """Count one request; raise when there were too many."""
        key = (NAME, self._name, caller)
        try:
            with fail_after(_PATIENCE_SECONDS):
                if await self._counter.hit(self._limit, *key):
                    return
                window = await self._counter.get_window_stats(self._limit, *key)
        except _UNAVAILABLE as error:
            raise RateLimitUnavailableError from error
        seconds = max(1, math.ceil(window.reset_time - time.time()))
        quota = f"q={self._limit.amount};w={self._limit.get_expiry()}"
        raise RateLimitedError(
            {
                "Retry-After": str(seconds),
                "RateLimit": f'"{self._name}";r=0;t={seconds}',
                "RateLimit-Policy": f'"{self._name}";{quota}',
            }
        )


def build_counter(settings: Settings) -> SlidingWindowCounterRateLimiter:
    """Create what all limits count with; nothing is connected yet."""
    storage = storage_from_string(settings.rate_limit_storage_uri, wrap_exceptions=True)
    return SlidingWindowCounterRateLimiter(storage)


def address_of(request: Request) -> str:
    """Tell clients apart who do not say who they are.

    Whoever has one address of IPv6 has the 2**64 beside it as well: they count as one.
    """
    host = request.client.host if request.client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return f"address:{host}"
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        address = mapped or IPv6Address(int(address) >> _NETWORK_BITS << _NETWORK_BITS)
    return f"address:{address}"
