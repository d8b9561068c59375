from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Shelf
from app.models.enums import AccountRole
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"label": "Label0", "capacity": 1}
CHANGES: dict[str, Any] = {"label": "Other0", "capacity": 2}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.shelf()
    url = f"/api/v2/shelves/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.shelf()
    url = f"/api/v2/shelves/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.shelf()
    url = f"/api/v2/shelves/{row.id}"
    for member in ("label", "capacity"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.shelf()
    url = f"/api/v2/shelves/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Shelf, row.id)
    assert stored is not None
    assert not stored.is_active


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.get(f"/api/v2/shelves/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v2/shelves/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v2/shelves/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_versions(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.shelf()
    url = f"/api/v2/shelves/{row.id}"
    response = await client.get(url, headers=headers)
    etag = response.headers["ETag"]
    assert (await client.get(url, headers=headers | {"If-None-Match": etag})).status_code == 304
    assert (
        await client.patch(url, json={}, headers=headers | {"If-Match": '"stale"'})
    ).status_code == 412
    assert (
        await client.patch(url, json={}, headers=headers | {"If-Match": etag})
    ).status_code == 200


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    response = await client.post("/api/v2/shelves", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_what_is_in_use(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    sent = BODY
    assert (await client.post("/api/v2/shelves", json=sent, headers=headers)).status_code == 201
    again = await client.post("/api/v2/shelves", json=sent, headers=headers)
    assert again.status_code == 409


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("label", 1),
        ("label", "\x00"),
        ("label", "x" * 41),
        ("label", ""),
        ("label", None),
        ("capacity", "1"),
        ("capacity", 1.5),
        ("capacity", True),
        ("capacity", 0),
        ("capacity", 1001),
        ("capacity", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v2/shelves", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_integers_reach_their_bounds(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.shelf()
    url = f"/api/v2/shelves/{row.id}"
    for member, value in (("capacity", 1), ("capacity", 1000)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 200
        assert response.json()[member] == value
    for member, value in (("capacity", 0), ("capacity", 1001)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    await factory.shelf()
    url = "/api/v2/shelves"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.shelf()
    for _ in range(1):
        await factory.shelf()
    url = "/api/v2/shelves"
    cases: list[dict[str, str]] = [
        {"ownerId": "0195c9a0-0000-7000-8000-000000000001"},
        {"ownerLogin": "aa0"},
        {"ownerCreatedAt": "2026-01-31T08:30:00Z"},
        {"ownerCreatedAtFrom": "2026-01-31T08:30:00Z"},
        {"ownerCreatedAtBefore": "2026-01-31T08:30:00Z"},
        {"capacity": "1"},
        {"capacityMin": "1"},
        {"capacityMax": "1"},
        {"sort": "createdAt"},
        {"sort": "-createdAt"},
        {"sort": "label"},
        {"sort": "-label"},
        {"sort": "updatedAt"},
        {"sort": "-updatedAt"},
    ]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200
    response = await client.get(url, params={"ownerId": str(row.owner_id)}, headers=headers)
    assert response.json()["items"]


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    await factory.shelf()
    for _ in range(2):
        await factory.shelf()
    url = "/api/v2/shelves"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    await factory.shelf()
    url = "/api/v2/shelves"
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
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    await factory.shelf()
    url = "/api/v2/shelves"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.shelf()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.shelf()
    assert (await client.get(f"/api/v2/shelves/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v2/shelves/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v2/shelves/{row.id}")).status_code == 401
    assert (await client.get("/api/v2/shelves")).status_code == 401
    assert (await client.post("/api/v2/shelves", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.shelf()
    caller = await factory.account()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v2/shelves/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v2/shelves/{row.id}", json={}, headers=headers)
    ).status_code == 404
    assert (await client.delete(f"/api/v2/shelves/{row.id}", headers=headers)).status_code == 404


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.shelf()
    caller = await factory.account()
    headers = factory.auth(caller)
    response = await client.get("/api/v2/shelves", headers=headers)
    assert response.json()["items"] == []
