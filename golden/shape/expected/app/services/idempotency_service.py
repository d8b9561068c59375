"""Requests that are done once, however often they are sent."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import TypeVar

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.errors import IdempotencyKeyReusedError, RequestInProgressError
from app.core.idempotency import AnsweredBeforeError, Attempt
from app.models.idempotency_key import IdempotencyKey
from app.repositories.idempotency_repository import IdempotencyRepository

AnswerT = TypeVar("AnswerT", bound=BaseModel | None)


class IdempotencyService:
    """Keeps the answer of a request in the transaction that does what it asks.

    So it is kept if, and only if, that was done, whatever becomes of the process or the answer.
    """

    def __init__(
        self, session: AsyncSession, settings: Settings, headers: Mapping[str, str]
    ) -> None:
        """Work inside the transaction of ``session``; ``headers`` are those of the answer."""
        self._answers = IdempotencyRepository(session)
        self._ttl = timedelta(seconds=settings.idempotency_key_ttl_seconds)
        self._headers = headers
        self._attempt: Attempt | None = None

    async def begin(self, attempt: Attempt) -> None:
        """Let a request be done, unless it was; nobody else can do it until the transaction ends.

        Raises:
            RequestInProgressError: it is being done just now.
            IdempotencyKeyReusedError: its key is that of another request.
            AnsweredBeforeError: it was done, and was answered so.
        """
        if not await self._answers.lock(attempt.key_hash):
            raise RequestInProgressError
        known = await self._answers.get(attempt.key_hash, since=utcnow() - self._ttl)
        if known is None:
            self._attempt = attempt
            return
        if known.request_hash != attempt.request_hash:
            raise IdempotencyKeyReusedError
        raise AnsweredBeforeError(known.status, known.headers, known.body)

    async def keep(self, answer: AnswerT, status: HTTPStatus) -> AnswerT:
        """Return the answer; it is kept if the request has a key."""
        if self._attempt is None:
            return answer
        now = utcnow()
        await self._answers.forget(before=now - self._ttl)
        await self._answers.save(
            IdempotencyKey(
                key_hash=self._attempt.key_hash,
                request_hash=self._attempt.request_hash,
                status=status,
                headers=dict(self._headers),
                body="" if answer is None else answer.model_dump_json(by_alias=True),
                created_at=now,
            )
        )
        return answer
