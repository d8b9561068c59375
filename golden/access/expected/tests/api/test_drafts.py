from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Draft
from app.models.enums import TaskState
from app.schemas.draft import DraftSort
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"text": "Text", "state": "draft", "remark": "Remark"}
CHANGES: dict[str, Any] = {"text": "Other", "remark": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.draft()
    url = f"/api/v1/drafts/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    row = await factory.draft(state=TaskState.DRAFT)
    url = f"/api/v1/drafts/{row.id}"
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | {key: value for key, value in CHANGES.items() if key != "remark"}


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    row = await factory.draft(state=TaskState.DRAFT)
    url = f"/api/v1/drafts/{row.id}"
    for member in ("text", "state"):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    row = await factory.draft(state=TaskState.DRAFT)
    url = f"/api/v1/drafts/{row.id}"
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Draft, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient) -> None:
    response = await client.get(f"/api/v1/drafts/{uuid7()}")
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/drafts/{uuid7()}", json={})
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/drafts/{uuid7()}")
    assert response.status_code == 404


async def test_a_row_stays_within_the_rule(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    row = await factory.draft(state=TaskState.DRAFT)
    response = await client.patch(f"/api/v1/drafts/{row.id}", json={"state": "open"})
    assert response.status_code == 401
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Draft, row.id)
    assert stored.state == row.state


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post("/api/v1/drafts", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | {key: value for key, value in BODY.items() if key != "remark"}


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("text", 1),
        ("text", "\x00"),
        ("text", ""),
        ("text", None),
        ("state", "no such value"),
        ("state", 1),
        ("state", None),
        ("remark", 1),
        ("remark", "\x00"),
        ("remark", ""),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/drafts", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.draft()
    url = "/api/v1/drafts"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.draft()
    for _ in range(1):
        await factory.draft()
    url = "/api/v1/drafts"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.draft()
    for _ in range(2):
        await factory.draft()
    url = "/api/v1/drafts"
    total = len((await client.get(url, params={"limit": 100})).json()["items"])
    for sort in DraftSort:
        params: dict[str, str] = {"sort": sort.value, "limit": "1"}
        seen: list[object] = []
        while True:
            page = (await client.get(url, params=params)).json()
            seen += page["items"]
            if page["next_cursor"] is None:
                break
            params["cursor"] = page["next_cursor"]
        assert len(seen) == total
    bad = await client.get(url, params={"cursor": "AAAA"})
    assert bad.status_code == 422


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.draft()
    url = "/api/v1/drafts"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value})
        assert response.status_code == 422


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    await factory.draft()
    url = "/api/v1/drafts"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.draft()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    await factory.draft()
    assert (await client.post("/api/v1/drafts", json={})).status_code == 401


async def test_remark_is_shown_to_those_who_may_read_it(
    client: AsyncClient, factory: Factory
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.draft(remark="Other")
    response = await client.get(f"/api/v1/drafts/{row.id}", headers=headers)
    assert response.status_code == 200
    assert "remark" in response.json()


async def test_remark_is_left_out_for_others(client: AsyncClient, factory: Factory) -> None:
    row = await factory.draft(remark="Other")
    response = await client.get(f"/api/v1/drafts/{row.id}")
    assert response.status_code == 200
    assert "remark" not in response.json()
    response = await client.get("/api/v1/drafts")
    shown = response.json()["items"]
    assert ["remark" in item for item in shown if item["id"] == str(row.id)] == [False]
