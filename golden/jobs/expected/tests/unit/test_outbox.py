import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from random import SystemRandom

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from app.core import event_sinks
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.database import Database
from app.core.event_sinks import DeliveryError, EventMessage
from app.main import create_app, lifespan
from app.models import OutboxEvent
from app.repositories.outbox_repository import OutboxRepository
from app.schemas.base import OutputModel
from app.services import event_relay
from app.services.event_relay import EventRelay, backoff

HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=1)


class Thing(OutputModel):
    """The data of the events of these tests."""

    number: int = 0


class RecordingSink:
    """Remembers what it takes; fails first, as often as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.messages: list[EventMessage] = []
        self.taken: asyncio.Queue[EventMessage] = asyncio.Queue()
        self.closed = False

    async def send(self, message: EventMessage) -> None:
        await asyncio.sleep(0)  # lets other relays go on
        if self.failures:
            raise self.failures.pop()
        self.messages.append(message)
        await self.taken.put(message)

    async def wait(self) -> None:
        """Wait for the next message; fail instead of hanging when there is none."""
        await asyncio.wait_for(self.taken.get(), timeout=30)

    async def close(self) -> None:
        self.closed = True


class StuckSink(RecordingSink):
    """Never answers."""

    async def send(self, message: EventMessage) -> None:
        del message
        await asyncio.Event().wait()


class CrashingSink(RecordingSink):
    """Ends the relay in the middle of a delivery."""

    async def send(self, message: EventMessage) -> None:
        del message
        raise asyncio.CancelledError


class FlakyDatabase(Database):
    """Is away at first."""

    failures = 2

    @asynccontextmanager
    async def session(self, *, read_only: bool = False) -> AsyncGenerator[AsyncSession]:
        if self.failures:
            self.failures -= 1
            raise OperationalError(None, None, Exception("away"))
        async with super().session(read_only=read_only) as session:
            yield session


async def emit(database: Database, *numbers: int) -> None:
    async with database.session() as session:
        for number in numbers:
            await OutboxRepository(session).add("thing.made", Thing(number=number))


async def stored(database: Database) -> Sequence[OutboxEvent]:
    async with database.session(read_only=True) as session:
        events = await session.scalars(select(OutboxEvent).order_by(OutboxEvent.occurred_at))
        return events.all()


async def drain(relay: EventRelay) -> None:
    async with asyncio.timeout(30):
        while await relay.run_once():
            pass


def advance(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Move the clock of the relay."""
    monkeypatch.setattr(event_relay, "utcnow", lambda: utcnow() + by)


async def test_events_of_undone_transactions_never_happened(
    clean_database: Database, settings: Settings
) -> None:
    async def fail() -> None:
        async with clean_database.session() as session:
            await OutboxRepository(session).add("thing.made", Thing())
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    sink = RecordingSink()
    assert await EventRelay(clean_database, sink, settings).run_once() is False
    assert not sink.messages
    assert not await stored(clean_database)


async def test_events_are_delivered_once_and_in_order(
    clean_database: Database, settings: Settings
) -> None:
    await emit(clean_database, 1, 2, 3)
    sink = RecordingSink()
    await drain(EventRelay(clean_database, sink, settings))
    assert [message.data for message in sink.messages] == [{"number": n} for n in (1, 2, 3)]
    for event, message in zip(await stored(clean_database), sink.messages, strict=True):
        assert message.id == event.id
        assert message.type == "thing.made"
        assert message.timestamp == event.occurred_at
        assert event.attempts == 1
        assert event.next_attempt_at is None
        assert event.delivered_at is not None


async def test_failures_are_tried_again_later(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await emit(clean_database, 1)
    sink = RecordingSink(LookupError("secret"), DeliveryError("answered 503"))
    monkeypatch.setattr(event_relay, "backoff", lambda attempts: attempts * HOUR)
    relay = EventRelay(clean_database, sink, settings)
    before = utcnow()
    with capture_logs() as logs:
        assert await relay.run_once() is True
        (event,) = await stored(clean_database)
        assert event.next_attempt_at is not None
        assert before + HOUR <= event.next_attempt_at <= utcnow() + HOUR
        assert await relay.run_once() is False
        advance(monkeypatch, HOUR)
        assert await relay.run_once() is True
        assert await relay.run_once() is False
        advance(monkeypatch, 3 * HOUR)
        assert await relay.run_once() is True
    assert [log["reason"] for log in logs] == ["answered 503", "LookupError"]
    (event,) = await stored(clean_database)
    assert event.attempts == 3
    assert event.delivered_at is not None
    assert len(sink.messages) == 1


async def test_sinks_have_limited_time(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await emit(clean_database, 1)
    monkeypatch.setattr(event_sinks, "SEND_TIMEOUT", 0)
    with capture_logs() as logs:
        await EventRelay(clean_database, StuckSink(), settings).run_once()
    assert [log["reason"] for log in logs] == ["TimeoutError"]
    (event,) = await stored(clean_database)
    assert event.next_attempt_at is not None


async def test_attempts_end(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await emit(clean_database, 1)
    sink = RecordingSink(DeliveryError("answered 500"), DeliveryError("answered 500"))
    limited = settings.model_copy(update={"events_max_attempts": 2})
    relay = EventRelay(clean_database, sink, limited)
    with capture_logs() as logs:
        for hours in range(4):
            advance(monkeypatch, hours * HOUR)
            await relay.run_once()
    assert [log["event"] for log in logs] == ["event_postponed", "event_given_up"]
    assert [log["log_level"] for log in logs] == ["warning", "error"]
    (event,) = await stored(clean_database)
    assert event.attempts == 2
    assert event.next_attempt_at is None
    assert event.delivered_at is None
    assert not sink.messages


async def test_a_crash_leaves_the_event_to_the_next_relay(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await emit(clean_database, 1)
    with pytest.raises(asyncio.CancelledError):
        await EventRelay(clean_database, CrashingSink(), settings).run_once()
    sink = RecordingSink()
    relay = EventRelay(clean_database, sink, settings)
    assert await relay.run_once() is False
    advance(monkeypatch, LEASE)
    assert await relay.run_once() is True
    assert len(sink.messages) == 1


async def test_who_lost_the_claim_cannot_postpone(clean_database: Database) -> None:
    await emit(clean_database, 1)
    now = utcnow()
    async with clean_database.session() as session:
        late = await OutboxRepository(session).claim(now, LEASE)
    assert late is not None
    async with clean_database.session() as session:
        assert await OutboxRepository(session).claim(now + LEASE, LEASE) is not None
    async with clean_database.session() as session:
        await OutboxRepository(session).postponed(late, None)
    (event,) = await stored(clean_database)
    assert event.next_attempt_at == now + 2 * LEASE


async def test_relays_share_the_work(clean_database: Database, settings: Settings) -> None:
    await emit(clean_database, *range(20))
    sink = RecordingSink()
    relays = [EventRelay(clean_database, sink, settings) for _ in range(2)]
    await asyncio.gather(*(drain(relay) for relay in relays))
    assert sorted(message.id for message in sink.messages) == sorted(
        event.id for event in await stored(clean_database)
    )


def test_delays_grow_up_to_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemRandom, "random", lambda _: 1)
    assert [backoff(attempts).total_seconds() for attempts in (1, 2, 3)] == [10, 20, 40]
    assert backoff(10) == backoff(10_000) == HOUR
    monkeypatch.setattr(SystemRandom, "random", lambda _: 0)
    assert backoff(10) == timedelta()


async def test_the_relay_runs_with_the_application(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = RecordingSink()
    monkeypatch.setattr(event_sinks, "build_sink", lambda _: sink)
    async with lifespan(create_app(settings)):
        await emit(clean_database, 1)
        await sink.wait()
        assert not sink.closed
    assert sink.closed


async def test_the_relay_may_run_elsewhere(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = RecordingSink()
    monkeypatch.setattr(event_sinks, "build_sink", lambda _: sink)
    async with lifespan(create_app(settings.model_copy(update={"events_relay": False}))):
        pass
    assert not sink.closed


async def test_the_relay_outlives_the_database_and_forgets(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await emit(clean_database, 1)
    await drain(EventRelay(clean_database, RecordingSink(), settings))
    await emit(clean_database, 2, 3)
    sink = RecordingSink()
    monkeypatch.setattr(event_sinks, "build_sink", lambda _: sink)
    advance(monkeypatch, timedelta(days=7, hours=1))
    impatient = settings.model_copy(update={"events_poll_seconds": 0.001})
    database = FlakyDatabase(clean_database.engine)
    with capture_logs() as logs:
        async with event_relay.relaying(database, impatient):
            await sink.wait()
            await sink.wait()
    assert [log["event"] for log in logs] == ["relay_failed", "relay_failed"]
    assert [event.payload for event in await stored(clean_database)] == [
        {"number": 2},
        {"number": 3},
    ]
