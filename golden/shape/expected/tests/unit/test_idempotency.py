from datetime import timedelta
from http import HTTPStatus
from unittest.mock import AsyncMock

import pytest
from fastapi import Request
from pydantic import BaseModel
from starlette.types import Message

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.database import Database
from app.core.errors import IdempotencyKeyReusedError, RequestInProgressError
from app.core.idempotency import AnsweredBeforeError, Attempt, attempt_of
from app.models.idempotency_key import IdempotencyKey
from app.repositories.idempotency_repository import IdempotencyRepository
from app.services.idempotency_service import IdempotencyService

ATTEMPT = Attempt(key_hash="a1" * 32, request_hash="b2" * 32)
HEADERS = {"ETag": '"1"'}


class Answer(BaseModel):
    number: int


async def answer(database: Database, settings: Settings, attempt: Attempt | None) -> None:
    async with database.session() as session:
        service = IdempotencyService(session, settings, HEADERS)
        if attempt is not None:
            await service.begin(attempt)
        assert await service.keep(Answer(number=7), HTTPStatus.CREATED) == Answer(number=7)


async def stored(database: Database, since: timedelta = timedelta(days=1)) -> IdempotencyKey | None:
    async with database.session(read_only=True) as session:
        answers = IdempotencyRepository(session)
        return await answers.get(ATTEMPT.key_hash, since=utcnow() - since)


async def test_a_repeated_request_gets_the_first_answer(
    clean_database: Database, settings: Settings
) -> None:
    await answer(clean_database, settings, ATTEMPT)
    with pytest.raises(AnsweredBeforeError) as raised:
        await answer(clean_database, settings, ATTEMPT)
    assert raised.value.status == HTTPStatus.CREATED
    assert raised.value.headers == HEADERS
    assert raised.value.body == '{"number":7}'


async def test_a_key_belongs_to_one_request(clean_database: Database, settings: Settings) -> None:
    await answer(clean_database, settings, ATTEMPT)
    with pytest.raises(IdempotencyKeyReusedError):
        await answer(clean_database, settings, Attempt(ATTEMPT.key_hash, "c3" * 32))


async def test_nothing_is_kept_without_a_key(clean_database: Database, settings: Settings) -> None:
    await answer(clean_database, settings, None)
    assert await stored(clean_database) is None


async def test_nothing_is_kept_of_what_was_undone(
    clean_database: Database, settings: Settings
) -> None:
    async def fail() -> None:
        async with clean_database.session() as session:
            service = IdempotencyService(session, settings, HEADERS)
            await service.begin(ATTEMPT)
            await service.keep(None, HTTPStatus.NO_CONTENT)
            raise RequestInProgressError

    with pytest.raises(RequestInProgressError):
        await fail()
    assert await stored(clean_database) is None


async def test_a_request_in_progress_is_refused(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(IdempotencyRepository, "lock", AsyncMock(return_value=False))
    with pytest.raises(RequestInProgressError):
        await answer(clean_database, settings, ATTEMPT)


async def test_one_request_at_a_time_has_a_key(clean_database: Database) -> None:
    async with (
        clean_database.session(read_only=True) as one,
        clean_database.session(read_only=True) as other,
    ):
        assert await IdempotencyRepository(one).lock(ATTEMPT.key_hash)
        waits = one.get_bind().dialect.name == "sqlite"
        assert await IdempotencyRepository(other).lock(ATTEMPT.key_hash) is waits


async def test_answers_are_forgotten(clean_database: Database, settings: Settings) -> None:
    await answer(clean_database, settings, ATTEMPT)
    async with clean_database.session() as session:
        kept = await session.get_one(IdempotencyKey, ATTEMPT.key_hash)
        kept.created_at = utcnow() - timedelta(days=30)
    assert await stored(clean_database) is None
    await answer(clean_database, settings, ATTEMPT)
    assert await stored(clean_database) is not None
    async with clean_database.session() as session:
        await IdempotencyRepository(session).forget(before=utcnow() + timedelta(minutes=1))
    assert await stored(clean_database) is None


async def test_attempts_differ_by_key_caller_address_and_body() -> None:
    async def attempt(key: str, caller: str | None, path: str, body: bytes) -> Attempt:
        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "headers": [],
            "server": ("test", 80),
        }
        return await attempt_of(Request(scope, receive), key, caller)

    first = await attempt("key", "one", "/pay", b"{}")
    assert await attempt("key", "one", "/pay", b"{}") == first
    others = [
        await attempt("other", "one", "/pay", b"{}"),
        await attempt("key", "two", "/pay", b"{}"),
        await attempt("key", None, "/pay", b"{}"),
    ]
    assert len({first.key_hash, *(other.key_hash for other in others)}) == 4
    assert (await attempt("key", "one", "/buy", b"{}")).request_hash != first.request_hash
    assert (await attempt("key", "one", "/pay", b"[]")).request_hash != first.request_hash
