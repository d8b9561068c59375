import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime

import pytest
from httpx2 import MockTransport, ReadTimeout, Request, Response, TimeoutException
from pydantic import ValidationError
from redis.asyncio import Redis
from structlog.testing import capture_logs

from app.core import event_sinks
from app.core.config import Settings
from app.core.event_sinks import (
    DeliveryError,
    EventMessage,
    LogSink,
    RedisSink,
    WebhookSink,
    build_sink,
    sign,
)
from app.core.ids import uuid7

URL = "https://example.com/hook"
EXAMPLE = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
KEY = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
MOMENT = datetime.fromisoformat("2026-01-31T08:30:00Z")
PRODUCTION = {"environment": "production", "secret_key": "test-secret-test-secret-test-secret"}


@pytest.fixture
def message() -> EventMessage:
    return EventMessage(id=uuid7(), type="thing.made", timestamp=MOMENT, data={"name": "Zoë"})


def webhook(answer: Callable[[Request], Response], key: bytes = KEY) -> WebhookSink:
    return WebhookSink(URL, key, transport=MockTransport(answer))


def test_the_example_of_the_specification() -> None:
    settings = Settings.model_validate({"events_secret": EXAMPLE})
    signature = sign(
        settings.events_key,
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        b'{"test": 2432232314}',
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_webhooks_are_signed(message: EventMessage, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[Request] = []

    def answer(request: Request) -> Response:
        requests.append(request)
        return Response(204)

    monkeypatch.setattr(event_sinks, "utcnow", lambda: MOMENT)
    sink = webhook(answer)
    await sink.send(message)
    await sink.close()
    (request,) = requests
    assert str(request.url) == URL
    assert request.method == "POST"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["webhook-id"] == str(message.id)
    assert request.headers["webhook-timestamp"] == str(int(MOMENT.timestamp()))
    content = f"{message.id}.{int(MOMENT.timestamp())}.{request.content.decode()}"
    digest = hmac.new(KEY, content.encode(), hashlib.sha256).digest()
    assert request.headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    assert json.loads(request.content) == {
        "id": str(message.id),
        "type": "thing.made",
        "timestamp": "2026-01-31T08:30:00Z",
        "data": {"name": "Zoë"},
    }


async def test_nothing_is_signed_without_a_key(message: EventMessage) -> None:
    def answer(request: Request) -> Response:
        assert "webhook-signature" not in request.headers
        return Response(200)

    sink = webhook(answer, b"")
    await sink.send(message)
    await sink.close()


@pytest.mark.parametrize("status", [302, 400, 410, 429, 500, 503])
async def test_other_answers_are_failures(message: EventMessage, status: int) -> None:
    def answer(_: Request) -> Response:
        return Response(status, headers={"Location": "https://example.com/elsewhere"})

    sink = webhook(answer)
    with pytest.raises(DeliveryError, match=f"answered {status}"):
        await sink.send(message)
    await sink.close()


async def test_silence_is_a_failure(message: EventMessage) -> None:
    def answer(request: Request) -> Response:
        assert request.extensions["timeout"]["read"] == event_sinks.SEND_TIMEOUT
        detail = "late"
        raise ReadTimeout(detail)

    sink = webhook(answer)
    with pytest.raises(TimeoutException):
        await sink.send(message)
    await sink.close()


async def test_streams_are_appended_to(
    message: EventMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[object] = []

    async def execute(*command: object) -> bytes:
        commands.append(command)
        return b"1-0"

    client = Redis()
    monkeypatch.setattr(client, "execute_command", execute)
    sink = RedisSink(client, "things", 1000)
    await sink.send(message)
    await sink.close()
    assert commands == [
        ("XADD", "things", b"MAXLEN", b"~", "1000", "*", "message", message.model_dump_json())
    ]


async def test_logs_hold_no_data(message: EventMessage) -> None:
    sink = LogSink()
    with capture_logs() as logs:
        await sink.send(message)
    await sink.close()
    (line,) = logs
    assert line.pop("id") == str(message.id)
    assert line == {"event": "event", "log_level": "info", "type": "thing.made"}


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (None, LogSink),
        ("http://receiver/hook", WebhookSink),
        (URL, WebhookSink),
        ("redis://:secret@cache/0", RedisSink),
        ("rediss://cache:6380/0", RedisSink),
    ],
)
async def test_the_url_chooses_the_sink(url: str | None, kind: type) -> None:
    sink = build_sink(Settings.model_validate({"events_url": url}))
    assert type(sink) is kind
    await sink.close()


@pytest.mark.parametrize("url", ["amqp://broker", "https://", "example.com", "/hook"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="events_url"):
        Settings.model_validate({"events_url": url})


@pytest.mark.parametrize(
    "secret",
    [
        EXAMPLE.removeprefix("whsec_"),
        "whsec_",
        "whsec_!",
        "whsec_c2hvcnQ=",
        f"whsec_{base64.b64encode(bytes(65)).decode()}",
    ],
)
def test_malformed_secrets_are_refused(secret: str) -> None:
    with pytest.raises(ValidationError, match="must be whsec_") as caught:
        Settings.model_validate({"events_secret": secret})
    assert "input_value" not in str(caught.value)


def test_webhooks_are_signed_in_production() -> None:
    with pytest.raises(ValidationError, match="EVENTS_SECRET is required") as caught:
        Settings.model_validate({**PRODUCTION, "events_url": URL})
    assert PRODUCTION["secret_key"] not in str(caught.value)
    Settings.model_validate({**PRODUCTION, "events_url": URL, "events_secret": EXAMPLE})
    Settings.model_validate({**PRODUCTION, "events_url": "redis://cache"})
