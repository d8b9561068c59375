from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Membership
from app.schemas.membership import MembershipSort
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"since": "2026-01-31"}
CHANGES: dict[str, Any] = {"since": "2026-02-28"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.membership()
    url = f"/api/v1/memberships/{row.employee_id}/{row.project_id}"
    response = await client.get(url)
    assert response.status_code == 200


async def test_update(client: AsyncClient, factory: Factory) -> None:
    row = await factory.membership()
    url = f"/api/v1/memberships/{row.employee_id}/{row.project_id}"
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    row = await factory.membership()
    url = f"/api/v1/memberships/{row.employee_id}/{row.project_id}"
    for member in ("since",):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    row = await factory.membership()
    url = f"/api/v1/memberships/{row.employee_id}/{row.project_id}"
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Membership, (row.employee_id, row.project_id))
    assert stored is None


async def test_create(client: AsyncClient, factory: Factory) -> None:
    employee_row = await factory.employee()
    project_row = await factory.project()
    response = await client.post(
        "/api/v1/memberships",
        json=BODY | {"employee_id": str(employee_row.id), "project_id": str(project_row.id)},
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    employee_row = await factory.employee()
    project_row = await factory.project()
    sent = BODY | {"employee_id": str(employee_row.id), "project_id": str(project_row.id)}
    cases: list[tuple[str, object, str]] = [
        ("employee_id", str(uuid7()), "/employee_id"),
        ("project_id", str(uuid7()), "/project_id"),
    ]
    for member, value, place in cases:
        response = await client.post("/api/v1/memberships", json=sent | {member: value})
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    employee_row = await factory.employee()
    project_row = await factory.project()
    sent = BODY | {"employee_id": str(employee_row.id), "project_id": str(project_row.id)}
    cases: list[tuple[str, object]] = [
        ("since", "2026-02-30"),
        ("since", "yesterday"),
        ("since", 1),
        ("since", None),
        ("employee_id", None),
        ("employee_id", "not a key"),
        ("project_id", None),
        ("project_id", "not a key"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/memberships", json=sent | {member: value})
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.membership()
    url = "/api/v1/memberships"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.membership()
    for _ in range(1):
        await factory.membership()
    url = "/api/v1/memberships"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.membership()
    for _ in range(2):
        await factory.membership()
    url = "/api/v1/memberships"
    total = len((await client.get(url, params={"limit": 100})).json()["items"])
    for sort in MembershipSort:
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
    await factory.membership()
    url = "/api/v1/memberships"
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
    await factory.membership()
    url = "/api/v1/memberships"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.membership()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)
