from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import RequestEntity
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {
    "self": "Self",
    "cls": 1,
    "app": True,
    "request": "Request",
    "response": "12.50",
    "router": "2026-01-31",
    "service": "Service",
    "repository": 1,
    "settings": True,
    "logger": "Logger",
    "db": "12.50",
    "database": "2026-01-31",
    "logging": "Logging",
    "uuid": 1,
    "datetime": True,
    "date_time": "Date time",
    "decimal": "12.50",
    "enum": "2026-01-31",
    "typing": "Typing",
    "annotated": 1,
    "field": True,
    "body": "Body",
    "path": "12.50",
    "header": "2026-01-31",
    "cookie": "Cookie",
    "depends": 1,
    "status": True,
    "query_params": "Query params",
    "limit": "12.50",
    "cursor": "2026-01-31",
    "sort": "Sort",
    "q": 1,
    "items": True,
    "total": "Total",
    "next_cursor": "12.50",
    "etag": "2026-01-31",
    "location": "Location",
    "problem": 1,
    "args": True,
    "kwargs": "Kwargs",
    "name": "12.50",
    "value": "2026-01-31",
    "data": "Data",
    "result": 1,
    "row": True,
    "rows": "Rows",
    "entity": "12.50",
    "payload": "2026-01-31",
    "current_user": "Current user",
    "viewer": 1,
    "utcnow": True,
    "annotations": "Annotations",
}
CHANGES: dict[str, Any] = {
    "self": "Other",
    "cls": 2,
    "app": False,
    "request": "Other",
    "response": "13.50",
    "router": "2026-02-28",
    "service": "Other",
    "repository": 2,
    "settings": False,
    "logger": "Other",
    "db": "13.50",
    "database": "2026-02-28",
    "logging": "Other",
    "uuid": 2,
    "datetime": False,
    "date_time": "Other",
    "decimal": "13.50",
    "enum": "2026-02-28",
    "typing": "Other",
    "annotated": 2,
    "field": False,
    "body": "Other",
    "path": "13.50",
    "header": "2026-02-28",
    "cookie": "Other",
    "depends": 2,
    "status": False,
    "query_params": "Other",
    "limit": "13.50",
    "cursor": "2026-02-28",
    "sort": "Other",
    "q": 2,
    "items": False,
    "total": "Other",
    "next_cursor": "13.50",
    "etag": "2026-02-28",
    "location": "Other",
    "problem": 2,
    "args": False,
    "kwargs": "Other",
    "name": "13.50",
    "value": "2026-02-28",
    "data": "Other",
    "result": 2,
    "row": False,
    "rows": "Other",
    "entity": "13.50",
    "payload": "2026-02-28",
    "current_user": "Other",
    "viewer": 2,
    "utcnow": False,
    "annotations": "Other",
}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.request_row()
    url = f"/api/v1/requests/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.request_row()
    url = f"/api/v1/requests/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.request_row()
    url = f"/api/v1/requests/{row.id}"
    for member in (
        "self",
        "cls",
        "request",
        "response",
        "router",
        "service",
        "repository",
        "logger",
        "db",
        "database",
        "logging",
        "uuid",
        "date_time",
        "decimal",
        "enum",
        "typing",
        "annotated",
        "body",
        "path",
        "header",
        "cookie",
        "depends",
        "query_params",
        "limit",
        "cursor",
        "sort",
        "q",
        "total",
        "next_cursor",
        "etag",
        "location",
        "problem",
        "kwargs",
        "name",
        "value",
        "data",
        "result",
        "rows",
        "entity",
        "payload",
        "current_user",
        "viewer",
        "annotations",
    ):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in (
        "app",
        "settings",
        "datetime",
        "field",
        "status",
        "items",
        "args",
        "row",
        "utcnow",
    ):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.request_row()
    url = f"/api/v1/requests/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(RequestEntity, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/requests/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/requests/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/requests/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    response = await client.post("/api/v1/requests", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("self", 1),
        ("self", "\x00"),
        ("self", "x" * 41),
        ("self", ""),
        ("cls", "1"),
        ("cls", 1.5),
        ("cls", True),
        ("cls", -2_147_483_649),
        ("cls", 2_147_483_648),
        ("app", "yes"),
        ("app", 1),
        ("app", None),
        ("request", 1),
        ("request", "\x00"),
        ("response", "twelve"),
        ("response", 12.5),
        ("response", "1e400"),
        ("response", "10000000.00"),
        ("router", "2026-02-30"),
        ("router", "yesterday"),
        ("router", 1),
        ("service", 1),
        ("service", "\x00"),
        ("service", "x" * 41),
        ("service", ""),
        ("repository", "1"),
        ("repository", 1.5),
        ("repository", True),
        ("repository", -2_147_483_649),
        ("repository", 2_147_483_648),
        ("settings", "yes"),
        ("settings", 1),
        ("settings", None),
        ("logger", 1),
        ("logger", "\x00"),
        ("db", "twelve"),
        ("db", 12.5),
        ("db", "1e400"),
        ("db", "10000000.00"),
        ("database", "2026-02-30"),
        ("database", "yesterday"),
        ("database", 1),
        ("logging", 1),
        ("logging", "\x00"),
        ("logging", "x" * 41),
        ("logging", ""),
        ("uuid", "1"),
        ("uuid", 1.5),
        ("uuid", True),
        ("uuid", -2_147_483_649),
        ("uuid", 2_147_483_648),
        ("datetime", "yes"),
        ("datetime", 1),
        ("datetime", None),
        ("date_time", 1),
        ("date_time", "\x00"),
        ("decimal", "twelve"),
        ("decimal", 12.5),
        ("decimal", "1e400"),
        ("decimal", "10000000.00"),
        ("enum", "2026-02-30"),
        ("enum", "yesterday"),
        ("enum", 1),
        ("typing", 1),
        ("typing", "\x00"),
        ("typing", "x" * 41),
        ("typing", ""),
        ("annotated", "1"),
        ("annotated", 1.5),
        ("annotated", True),
        ("annotated", -2_147_483_649),
        ("annotated", 2_147_483_648),
        ("field", "yes"),
        ("field", 1),
        ("field", None),
        ("body", 1),
        ("body", "\x00"),
        ("path", "twelve"),
        ("path", 12.5),
        ("path", "1e400"),
        ("path", "10000000.00"),
        ("header", "2026-02-30"),
        ("header", "yesterday"),
        ("header", 1),
        ("cookie", 1),
        ("cookie", "\x00"),
        ("cookie", "x" * 41),
        ("cookie", ""),
        ("depends", "1"),
        ("depends", 1.5),
        ("depends", True),
        ("depends", -2_147_483_649),
        ("depends", 2_147_483_648),
        ("status", "yes"),
        ("status", 1),
        ("status", None),
        ("query_params", 1),
        ("query_params", "\x00"),
        ("limit", "twelve"),
        ("limit", 12.5),
        ("limit", "1e400"),
        ("limit", "10000000.00"),
        ("cursor", "2026-02-30"),
        ("cursor", "yesterday"),
        ("cursor", 1),
        ("sort", 1),
        ("sort", "\x00"),
        ("sort", "x" * 41),
        ("sort", ""),
        ("q", "1"),
        ("q", 1.5),
        ("q", True),
        ("q", -2_147_483_649),
        ("q", 2_147_483_648),
        ("items", "yes"),
        ("items", 1),
        ("items", None),
        ("total", 1),
        ("total", "\x00"),
        ("next_cursor", "twelve"),
        ("next_cursor", 12.5),
        ("next_cursor", "1e400"),
        ("next_cursor", "10000000.00"),
        ("etag", "2026-02-30"),
        ("etag", "yesterday"),
        ("etag", 1),
        ("location", 1),
        ("location", "\x00"),
        ("location", "x" * 41),
        ("location", ""),
        ("problem", "1"),
        ("problem", 1.5),
        ("problem", True),
        ("problem", -2_147_483_649),
        ("problem", 2_147_483_648),
        ("args", "yes"),
        ("args", 1),
        ("args", None),
        ("kwargs", 1),
        ("kwargs", "\x00"),
        ("name", "twelve"),
        ("name", 12.5),
        ("name", "1e400"),
        ("name", "10000000.00"),
        ("value", "2026-02-30"),
        ("value", "yesterday"),
        ("value", 1),
        ("data", 1),
        ("data", "\x00"),
        ("data", "x" * 41),
        ("data", ""),
        ("result", "1"),
        ("result", 1.5),
        ("result", True),
        ("result", -2_147_483_649),
        ("result", 2_147_483_648),
        ("row", "yes"),
        ("row", 1),
        ("row", None),
        ("rows", 1),
        ("rows", "\x00"),
        ("entity", "twelve"),
        ("entity", 12.5),
        ("entity", "1e400"),
        ("entity", "10000000.00"),
        ("payload", "2026-02-30"),
        ("payload", "yesterday"),
        ("payload", 1),
        ("current_user", 1),
        ("current_user", "\x00"),
        ("current_user", "x" * 41),
        ("current_user", ""),
        ("viewer", "1"),
        ("viewer", 1.5),
        ("viewer", True),
        ("viewer", -2_147_483_649),
        ("viewer", 2_147_483_648),
        ("utcnow", "yes"),
        ("utcnow", 1),
        ("utcnow", None),
        ("annotations", 1),
        ("annotations", "\x00"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v1/requests", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_integers_reach_their_bounds(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.request_row()
    url = f"/api/v1/requests/{row.id}"
    for member, value in (("cls", -2_147_483_648), ("cls", 2_147_483_647)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 200
        assert response.json()[member] == value
    for member, value in (("cls", -2_147_483_649), ("cls", 2_147_483_648)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.request_row()
    url = "/api/v1/requests"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.request_row()
    for _ in range(1):
        await factory.request_row()
    url = "/api/v1/requests"
    cases: list[dict[str, str]] = [
        {"uuid": "1"},
        {"uuid_min": "1"},
        {"uuid_max": "1"},
        {"sort": "created_at"},
        {"sort": "-created_at"},
        {"sort": "cursor"},
        {"sort": "-cursor"},
        {"sort": "limit"},
        {"sort": "-limit"},
        {"q": "a"},
    ]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.request_row()
    for _ in range(2):
        await factory.request_row()
    url = "/api/v1/requests"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.request_row()
    url = "/api/v1/requests"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value}, headers=headers)
        assert response.status_code == 422


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.request_row()
    url = "/api/v1/requests"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.request_row()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.request_row()
    assert (await client.get(f"/api/v1/requests/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/requests/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/requests/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/requests")).status_code == 401
    assert (await client.post("/api/v1/requests", json={})).status_code == 401
