"""Where events are delivered to: the log, a webhook or a stream of Redis."""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

import structlog
from httpx2 import AsyncBaseTransport, AsyncClient
from pydantic import BaseModel, JsonValue
from redis.asyncio import Redis

from app.core.clock import utcnow
from app.core.config import WEBHOOK_SCHEMES, Settings
from app.core.metadata import NAME, VERSION

if TYPE_CHECKING:
    from redis.typing import EncodableT, FieldT

SEND_TIMEOUT = 10.0
"""How many seconds a sink has to take one event."""

_logger: structlog.stdlib.BoundLogger = structlog.get_logger("app.events")


class EventMessage(BaseModel):
    """What consumers get; the same event may reach them again, with the same id."""

    id: UUID
    type: str
    timestamp: datetime
    data: JsonValue


class DeliveryError(Exception):
    """The event was not taken; the text may be logged."""


class EventSink(Protocol):
    """Where events are delivered to."""

    async def send(self, message: EventMessage) -> None:
        """Deliver one event; raise unless it was taken."""

    async def close(self) -> None:
        """Release what it holds."""


def build_sink(settings: Settings) -> EventSink:
    """Return the sink that ``settings.events_url`` asks for."""
    url = settings.events_url
    if url is None:
        return LogSink()
    if url.scheme in WEBHOOK_SCHEMES:
        return WebhookSink(str(url), settings.events_key)
    client = Redis.from_url(str(url))
    return RedisSink(client, settings.events_stream, settings.events_stream_length)


class LogSink:
    """Logs that an event happened, without its data, which may be personal."""

    async def send(self, message: EventMessage) -> None:
        """Write one line."""
        _logger.info("event", type=message.type, id=str(message.id))

    async def close(self) -> None:
        """Note that no more events come."""
        _logger.debug("event_log_closed")


class WebhookSink:
    """Posts events, signed as https://www.standardwebhooks.com asks for."""

    def __init__(
        self, url: str, key: bytes, *, transport: AsyncBaseTransport | None = None
    ) -> None:
        """Post to ``url``; without a key nothing is signed."""
        self._url = url
        self._key = key
        self._client = AsyncClient(
            timeout=SEND_TIMEOUT,
            follow_redirects=False,
            headers={"Content-Type": "application/json", "User-Agent": f"{NAME}/{VERSION}"},
            transport=transport,
        )

    async def send(self, message: EventMessage) -> None:
        """Post one event."""
        identifier, timestamp = str(message.id), str(int(utcnow().timestamp()))
        body = message.model_dump_json().encode()
        headers = {"webhook-id": identifier, "webhook-timestamp": timestamp}
        if self._key:
            headers["webhook-signature"] = sign(self._key, identifier, timestamp, body)
        response = await self._client.post(self._url, content=body, headers=headers)
        if not response.is_success:
            detail = f"answered {response.status_code}"
            raise DeliveryError(detail)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def sign(key: bytes, identifier: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a webhook."""
    content = f"{identifier}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()


class RedisSink:
    """Appends events to a stream, which forgets its oldest entries."""

    def __init__(self, client: Redis, stream: str, length: int) -> None:
        """Keep about ``length`` entries."""
        self._client = client
        self._stream = stream
        self._length = length

    async def send(self, message: EventMessage) -> None:
        """Append one entry."""
        fields: dict[FieldT, EncodableT] = {"message": message.model_dump_json()}
        await self._client.xadd(self._stream, fields, maxlen=self._length, approximate=True)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
