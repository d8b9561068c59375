"""Queries on requests that were answered."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models.idempotency_key import IdempotencyKey

_FORGOTTEN_AT_ONCE = 100
_HEX_DIGITS_OF_64_BITS = 16


class IdempotencyRepository:
    """Answers by the keys of their requests."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._session = session

    async def lock(self, key_hash: str) -> bool:
        """Take a key until the transaction ends; False if another request has it."""
        if self._session.get_bind().dialect.name == "sqlite":
            return True  # has one writer at a time
        number = int.from_bytes(bytes.fromhex(key_hash[:_HEX_DIGITS_OF_64_BITS]), signed=True)
        taken = await self._session.scalar(select(func.pg_try_advisory_xact_lock(number)))
        return taken is True

    async def get(self, key_hash: str, *, since: datetime) -> IdempotencyKey | None:
        """Return what the request was answered, if that was not too long ago."""
        return await self._session.scalar(
            select(IdempotencyKey).where(
                IdempotencyKey.key_hash == key_hash, IdempotencyKey.created_at >= since
            )
        )

    async def save(self, answer: IdempotencyKey) -> None:
        """Keep an answer, in the place of one that is too old."""
        await self._session.merge(answer)
        await self._session.flush()

    async def forget(self, *, before: datetime) -> None:
        """Delete some of the answers that are older; others may do so at the same time."""
        old = (
            select(IdempotencyKey.key_hash)
            .where(IdempotencyKey.created_at < before)
            .limit(_FORGOTTEN_AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        await self._session.execute(delete(IdempotencyKey).where(IdempotencyKey.key_hash.in_(old)))
