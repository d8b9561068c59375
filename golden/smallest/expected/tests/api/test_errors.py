from typing import Annotated

import pytest
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from pydantic import Field
from sqlalchemy import text
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app.core.config import Settings
from app.core.database import Database
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
        (b'{"line": "\\ud800"}', 422),
        (b'{"line": "a", "\\ud800": 1}', 422),
        (b'{"line": NaN}', 422),
        (b'{"line": 1e999}', 422),
        (b'{"line": "\\u0000"}', 422),
        (b"[]", 422),
        (b"", 422),
        (b'{"a/b~c": 1, "line": "a"}', 422),
    ],
)
async def test_hostile_bodies(echo_client: AsyncClient, body: bytes, status: int) -> None:
    response = await echo_client.post("/echo", content=body, headers=JSON)
    assert response.status_code == status, response.text
    if status != 200:
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == status


async def test_pointers_are_escaped(echo_client: AsyncClient) -> None:
    response = await echo_client.post("/echo", json={"line": "a", "a/b~c": 1})
    assert response.json()["errors"][0]["pointer"] == "/a~1b~0c"


async def test_large_bodies(echo_client: AsyncClient, settings: Settings) -> None:
    body = b'"' + b"a" * settings.max_body_size + b'"'
    response = await echo_client.post("/echo", content=body, headers=JSON)
    assert response.status_code == 413
    assert response.headers["Content-Type"] == "application/problem+json"


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


class DatabaseDriverError(Exception):
    sqlstate = "40001"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError("secret detail"), 500),
        (StaleDataError("secret detail"), 409),
        (OperationalError("SELECT 1", {}, DatabaseDriverError("secret detail")), 503),
        (OperationalError("SELECT 1", {}, Exception("secret detail")), 500),
        (DataError("SELECT 1", {}, Exception("secret detail")), 422),
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
    assert response.json()["request_id"] == response.headers["X-Request-ID"]


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
