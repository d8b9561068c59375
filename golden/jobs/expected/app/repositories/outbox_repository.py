"""Queries on events that are to be delivered."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import delete, update

from app.models.outbox_event import OutboxEvent
from app.repositories.base import Repository


class OutboxRepository(Repository[OutboxEvent]):
    """Events that are to be delivered."""

    model = OutboxEvent

    async def add(self, name: str, payload: BaseModel) -> None:
        """Tell of what happened, if the transaction commits."""
        data = payload.model_dump(mode="json", by_alias=True)
        await self.create(OutboxEvent(name=name, payload=data))

    async def claim(self, now: datetime, lease: timedelta) -> OutboxEvent | None:
        """Take the event that has been due for longest, and count the attempt.

        Nobody else takes it before the lease ends: then its taker must have crashed.
        """
        event = await self.session.scalar(
            self.select()
            .where(OutboxEvent.next_attempt_at <= now)
            # Keys of the same millisecond are in no order.
            .order_by(OutboxEvent.next_attempt_at, OutboxEvent.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if event is not None:
            event.attempts += 1
            event.next_attempt_at = now + lease
            await self.update(event)
        return event

    async def delivered(self, event_id: UUID, now: datetime) -> None:
        """Note that the event was delivered."""
        await self.session.execute(
            update(OutboxEvent)
            .where(OutboxEvent.id == event_id)
            .values(delivered_at=now, next_attempt_at=None)
        )

    async def postponed(self, event: OutboxEvent, until: datetime | None) -> None:
        """Note when to try again, None for never, unless somebody else has claimed the event."""
        await self.session.execute(
            update(OutboxEvent)
            .where(OutboxEvent.id == event.id, OutboxEvent.attempts == event.attempts)
            .values(next_attempt_at=until)
        )

    async def forget(self, before: datetime) -> None:
        """Delete the events that were delivered before a moment."""
        await self.session.execute(delete(OutboxEvent).where(OutboxEvent.delivered_at < before))
