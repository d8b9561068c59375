from typing import Annotated

import pytest
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from limits.aio.storage import MemoryStorage
from limits.errors import StorageError
from pydantic import Field
from sqlalchemy import text
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app.core.config import Settings
from app.core.database import Database
from app.core.metadata import PREFIX
from app.dependencies import SessionDep
from app.main import create_app
from app.schemas.base import InputModel
from app.schemas.types import Line

JSON = {"Content-Type": "application/json"}


class Note(InputModel):
    line: Annotated[Line, Field(max_length=10)]


async def echo(data: Note) -> str:
    return data.line


@pytest.fixture(scope="module")
def echoing(settings: Settings) -> FastAPI:
    """Add routes of the tests' own: these tests hold for any model."""
    app = create_app(settings)
    app.add_api_route("/echo", echo, methods=["POST"])
    app.add_api_route("/echo", lambda: "silence", methods=["GET"])
    return app


@pytest.fixture
async def echo_client(echoing: FastAPI) -> AsyncClient:
    transport = ASGITransport(app=echoing, raise_app_exceptions=False)
    return AsyncClient(transport=transport, base_url="http://test")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"line": "a"}', 200),
        (b"{", 400),
        (b"\xff", 400),
        (b"[" * 100_000, 400),
        (b'{"line": ' + b"1" * 5000 + b"}", 400),
        (b'{"line": "\\ud800"}', 400),
        (b'{"line": "a", "\\ud800": 1}', 400),
        (b'{"line": NaN}', 400),
        (b'{"line": 1e999}', 400),
        (b'{"line": "\\u0000"}', 400),
        (b"[]", 400),
        (b"", 400),
        (b'{"a/b~c": 1, "line": "a"}', 400),
    ],
)
async def test_hostile_bodies(echo_client: AsyncClient, body: bytes, status: int) -> None:
    response = await echo_client.post("/echo", content=body, headers=JSON)
    assert response.status_code == status, response.text
    if status != 200:
        assert response.headers["Content-Type"] == "application/json"


async def test_errors_go_by_the_names_of_members(echo_client: AsyncClient) -> None:
    response = await echo_client.post("/echo", json={"line": "", "a/b~c": 1})
    errors = response.json()["errors"]
    assert errors.keys() == {"line", "a/b~c"}
    response = await echo_client.post("/echo", content=b"", headers=JSON)
    assert response.json()["errors"].keys() == {"body"}


async def test_large_bodies(echo_client: AsyncClient, settings: Settings) -> None:
    body = b'"' + b"a" * settings.max_body_size + b'"'
    response = await echo_client.post("/echo", content=body, headers=JSON)
    assert response.status_code == 413
    assert response.headers["Content-Type"] == "application/json"


async def test_unknown_paths_and_methods(echo_client: AsyncClient) -> None:
    response = await echo_client.get("/nope")
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"
    response = await echo_client.put("/echo")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, POST"
    assert (await echo_client.get("/echo/")).status_code == 404


async def test_request_id_is_echoed_only_when_harmless(client: AsyncClient) -> None:
    response = await client.get("/health/health", headers={"X-Request-ID": "abc-1"})
    assert response.headers["X-Request-ID"] == "abc-1"
    response = await client.get("/health/health", headers={"X-Request-ID": "a b\tc"})
    assert response.headers["X-Request-ID"] != "a b\tc"


async def test_cors(client: AsyncClient) -> None:
    headers = {"Origin": "https://app.example.com", "Access-Control-Request-Method": "POST"}
    response = await client.options("/health/health", headers=headers)
    assert response.headers["Access-Control-Allow-Origin"] == "https://app.example.com"


async def test_rate_limit(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"auth_rate_limit": "2/day"}))
    path = f"{PREFIX}/auth/refresh"
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
        statuses = [(await client.post(path, json={})).status_code for _ in range(3)]
        last = await client.post(path, json={})
    transport = ASGITransport(app=app, client=("192.0.2.2", 50_000))
    async with AsyncClient(transport=transport, base_url="http://test") as neighbour:
        statuses.append((await neighbour.post(path, json={})).status_code)
    assert statuses == [400, 400, 429, 400]
    assert 1 <= int(last.headers["Retry-After"]) <= 86_400
    assert last.headers["RateLimit-Policy"] == '"auth";q=2;w=86400'


async def test_nobody_signs_in_while_attempts_cannot_be_counted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise StorageError(ConnectionError())

    monkeypatch.setattr(MemoryStorage, "acquire_sliding_window_entry", fail)
    transport = ASGITransport(app=create_app(settings))
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        response = await client.post(f"{PREFIX}/auth/refresh", json={})
    assert response.status_code == 503
    assert response.json()["code"] == "rate_limit_unavailable"


class DatabaseDriverError(Exception):
    sqlstate = "40001"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError("secret detail"), 500),
        (StaleDataError("secret detail"), 409),
        (OperationalError("SELECT 1", {}, DatabaseDriverError("secret detail")), 503),
        (OperationalError("SELECT 1", {}, Exception("secret detail")), 500),
        (DataError("SELECT 1", {}, Exception("secret detail")), 400),
    ],
)
async def test_unexpected_errors_do_not_leak(
    settings: Settings, error: Exception, status: int
) -> None:
    app = create_app(settings)

    async def fail() -> None:
        raise error

    app.add_api_route("/fail", fail)
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        response = await client.get("/fail")
    assert response.status_code == status
    assert "secret" not in response.text


async def test_success_is_told_only_after_the_commit(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(settings)
    app.state.database = database

    async def change(session: SessionDep) -> str:
        await session.execute(text("SELECT 1"))
        return "done"

    async def refuse(*_: object) -> None:
        detail = "commit refused"
        raise RuntimeError(detail)

    app.add_api_route("/change", change, methods=["POST"])
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        assert (await client.post("/change")).status_code == 200
        with monkeypatch.context() as patch:
            patch.setattr("sqlalchemy.ext.asyncio.AsyncSession.commit", refuse)
            assert (await client.post("/change")).status_code == 500
