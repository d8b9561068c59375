from http import HTTPStatus

import pytest
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from limits.aio.storage import MemoryStorage
from limits.errors import StorageError
from pydantic import ValidationError

from app.core.config import UNLIMITED, Settings
from app.core.database import Database
from app.core.operation_limits import OPERATION_LIMITS
from app.main import create_app
from tests.factories import Factory
from tests.limited import LIMITED

OPERATION, _, METHOD, PATH = LIMITED[0]


def limited_app(settings: Settings, database: Database, limits: dict[str, str]) -> FastAPI:
    update = {"rate_limits_enabled": True, "rate_limits": limits}
    app = create_app(settings.model_copy(update=update))
    app.state.database = database
    return app


def client_of(app: FastAPI, address: str = "192.0.2.1") -> AsyncClient:
    transport = ASGITransport(app=app, client=(address, 50_000), raise_app_exceptions=False)
    return AsyncClient(transport=transport, base_url="http://test")


@pytest.mark.parametrize(("operation", "limit", "method", "path"), LIMITED)
async def test_one_request_too_many(
    settings: Settings,
    clean_database: Database,
    operation: str,
    limit: str,
    method: str,
    path: str,
) -> None:
    assert OPERATION_LIMITS[operation] == limit
    app = limited_app(settings, clean_database, {operation: "2/day"})
    async with client_of(app) as client, client_of(app, "192.0.2.2") as neighbour:
        statuses = [(await client.request(method, path)).status_code for _ in range(2)]
        statuses.append((await neighbour.request(method, path)).status_code)
        # A refused request has no need of the database, and nobody reads its body.
        del app.state.database
        refused = await client.request(method, path, content=b"{")
    assert HTTPStatus.TOO_MANY_REQUESTS not in statuses
    assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert refused.json()["error"]["code"] == "rate_limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 86_400
    assert refused.headers["RateLimit-Policy"] == f'"{operation}";q=2;w=86400'


async def test_operations_are_counted_by_themselves(
    settings: Settings, clean_database: Database
) -> None:
    app = limited_app(settings, clean_database, {operation: "1/day" for operation, *_ in LIMITED})
    async with client_of(app) as client:
        spent = [(await client.request(METHOD, PATH)).status_code for _ in range(2)]
        others = [(await client.request(*request)).status_code for _, _, *request in LIMITED[1:]]
    assert spent[1] == HTTPStatus.TOO_MANY_REQUESTS
    assert HTTPStatus.TOO_MANY_REQUESTS not in [spent[0], *others]


@pytest.mark.parametrize("update", [{OPERATION: UNLIMITED}, {OPERATION: "1000/second"}])
async def test_settings_lift_limits(
    settings: Settings, clean_database: Database, update: dict[str, str]
) -> None:
    app = limited_app(settings, clean_database, update)
    async with client_of(app) as client:
        statuses = {(await client.request(METHOD, PATH)).status_code for _ in range(3)}
    assert HTTPStatus.TOO_MANY_REQUESTS not in statuses
    assert not create_app(settings).state.operation_limiters


@pytest.mark.parametrize(
    "limits", [{"no_operation": "1/day"}, {OPERATION: "often"}, {OPERATION: "0/day"}]
)
def test_wrong_settings_are_refused(limits: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"rate_limits": limits})


async def test_what_nobody_can_count_is_let_through(
    settings: Settings, clean_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise StorageError(ConnectionError())

    monkeypatch.setattr(MemoryStorage, "acquire_sliding_window_entry", fail)
    app = limited_app(settings, clean_database, {OPERATION: "1/day"})
    async with client_of(app) as client:
        statuses = {(await client.request(METHOD, PATH)).status_code for _ in range(2)}
    assert statuses.isdisjoint({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


async def test_accounts_are_counted_wherever_they_are(
    settings: Settings, clean_database: Database, factory: Factory
) -> None:
    one, other = [factory.auth(await factory.member()) for _ in range(2)]
    app = limited_app(settings, clean_database, {OPERATION: "1/day"})
    async with client_of(app) as here, client_of(app, "192.0.2.2") as there:
        first = await here.request(METHOD, PATH, headers=one)
        again = await there.request(METHOD, PATH, headers=one)
        beside = await here.request(METHOD, PATH, headers=other)
    assert first.status_code != HTTPStatus.TOO_MANY_REQUESTS
    assert again.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert beside.status_code != HTTPStatus.TOO_MANY_REQUESTS


async def test_wrong_tokens_count_for_their_address(
    settings: Settings, clean_database: Database
) -> None:
    app = limited_app(settings, clean_database, {OPERATION: "1/day"})
    async with client_of(app) as client:
        headers = [{"Authorization": f"Bearer {token}"} for token in ("one", "other")]
        answers = [await client.request(METHOD, PATH, headers=it) for it in headers]
    assert answers[0].status_code != HTTPStatus.TOO_MANY_REQUESTS
    assert answers[1].status_code == HTTPStatus.TOO_MANY_REQUESTS
