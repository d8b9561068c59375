"""Delivery of the events that transactions left behind."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import SystemRandom

import structlog

from app.core import event_sinks
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.database import Database
from app.core.event_sinks import DeliveryError, EventMessage, EventSink
from app.models.outbox_event import OutboxEvent
from app.repositories.outbox_repository import OutboxRepository

_LEASE = timedelta(minutes=1)  # longer than any delivery
_FIRST_DELAY = timedelta(seconds=10)
_LONGEST_DELAY = timedelta(hours=1)
_MAX_DOUBLINGS = 10
_LONGEST_PAUSE = 60.0
_CLEANING_INTERVAL = timedelta(hours=1)
_random = SystemRandom()
_logger: structlog.stdlib.BoundLogger = structlog.get_logger("app.events")


class EventRelay:
    """Delivers each event at least once; any number of relays may work at the same time.

    No transaction is open while a sink works. A relay that crashes leaves its event claimed, and
    when the lease ends the next one delivers it again.
    """

    def __init__(self, database: Database, sink: EventSink, settings: Settings) -> None:
        """Deliver from ``database`` to ``sink``."""
        self._database = database
        self._sink = sink
        self._settings = settings
        self._cleaned_at: datetime | None = None

    async def run(self) -> None:
        """Deliver until cancelled."""
        pause = self._settings.events_poll_seconds
        while True:
            due = False
            try:
                await self._clean()
                due = await self.run_once()
                pause = self._settings.events_poll_seconds
            except Exception:  # the database is away, and will be back
                _logger.warning("relay_failed", exc_info=True)
                pause = min(2 * pause, _LONGEST_PAUSE)
            if not due:
                await asyncio.sleep(pause)

    async def run_once(self) -> bool:
        """Try to deliver one event; tell whether one was due."""
        async with self._database.session() as session:
            event = await OutboxRepository(session).claim(utcnow(), _LEASE)
        if event is None:
            return False
        try:
            async with asyncio.timeout(event_sinks.SEND_TIMEOUT):
                await self._sink.send(_message(event))
        except Exception as error:  # noqa: BLE001  # whatever it is, another attempt may succeed
            await self._postpone(event, error)
        else:
            async with self._database.session() as session:
                await OutboxRepository(session).delivered(event.id, utcnow())
        return True

    async def _postpone(self, event: OutboxEvent, error: Exception) -> None:
        # Other texts may hold addresses, and these may hold passwords.
        reason = str(error) if isinstance(error, DeliveryError) else type(error).__name__
        log = _logger.bind(
            type=event.name, id=str(event.id), attempts=event.attempts, reason=reason
        )
        until = None
        if event.attempts < self._settings.events_max_attempts:
            until = utcnow() + backoff(event.attempts)
            log.warning("event_postponed", until=until.isoformat())
        else:
            log.error("event_given_up")
        async with self._database.session() as session:
            await OutboxRepository(session).postponed(event, until)

    async def _clean(self) -> None:
        now = utcnow()
        if self._cleaned_at is not None and now < self._cleaned_at + _CLEANING_INTERVAL:
            return
        retention = timedelta(days=self._settings.events_retention_days)
        async with self._database.session() as session:
            await OutboxRepository(session).forget(now - retention)
        self._cleaned_at = now


def backoff(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: at random, up to twice as long each time."""
    doublings = min(attempts - 1, _MAX_DOUBLINGS)
    return min(_FIRST_DELAY * (1 << doublings), _LONGEST_DELAY) * _random.random()


def _message(event: OutboxEvent) -> EventMessage:
    return EventMessage(
        id=event.id, type=event.name, timestamp=event.occurred_at, data=event.payload
    )


@asynccontextmanager
async def relaying(database: Database, settings: Settings) -> AsyncGenerator[None]:
    """Deliver events in the background."""
    sink = event_sinks.build_sink(settings)
    task = asyncio.create_task(EventRelay(database, sink, settings).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        await sink.close()
