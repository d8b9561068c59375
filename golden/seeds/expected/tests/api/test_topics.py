from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Topic
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"title": "Title", "rank": 1}
CHANGES: dict[str, Any] = {"title": "Other", "slug": "other-0", "rank": 2}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.slug}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.slug}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.slug}"
    for member in ("rank", "parent_id"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("title", "slug"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.slug}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Topic, row.id)
    assert stored is not None
    assert not stored.is_active


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    parent_row = await factory.topic()
    response = await client.post(
        "/api/v1/topics", json=BODY | {"parent_id": str(parent_row.id)}, headers=headers
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_keeps_null(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    parent_row = await factory.topic()
    nulls = {"rank": None}
    response = await client.post(
        "/api/v1/topics", json=BODY | {"parent_id": str(parent_row.id)} | nulls, headers=headers
    )
    assert response.status_code == 201
    created = response.json()
    assert created == created | nulls


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    parent_row = await factory.topic()
    sent = BODY | {"parent_id": str(parent_row.id)}
    cases: list[tuple[str, object, str]] = [("parent_id", str(uuid7()), "/parent_id")]
    for member, value, place in cases:
        response = await client.post("/api/v1/topics", json=sent | {member: value}, headers=headers)
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    parent_row = await factory.topic()
    sent = BODY | {"parent_id": str(parent_row.id)}
    cases: list[tuple[str, object]] = [
        ("title", 1),
        ("title", "\x00"),
        ("title", ""),
        ("title", None),
        ("slug", "Not a slug!"),
        ("slug", 1),
        ("slug", None),
        ("rank", "1"),
        ("rank", 1.5),
        ("rank", True),
        ("rank", 0),
        ("rank", 101),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/topics", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_integers_reach_their_bounds(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.slug}"
    for member, value in (("rank", 1), ("rank", 100)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 200
        assert response.json()[member] == value
    for member, value in (("rank", 0), ("rank", 101)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.topic()
    url = "/api/v1/topics"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.topic()
    for _ in range(1):
        await factory.topic()
    url = "/api/v1/topics"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.topic()
    for _ in range(2):
        await factory.topic()
    url = "/api/v1/topics"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.topic()
    url = "/api/v1/topics"
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
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.topic()
    url = "/api/v1/topics"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.topic()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.topic()
    assert (await client.get(f"/api/v1/topics/{row.slug}")).status_code == 401
    assert (await client.patch(f"/api/v1/topics/{row.slug}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/topics/{row.slug}")).status_code == 401
    assert (await client.get("/api/v1/topics")).status_code == 401
    assert (await client.post("/api/v1/topics", json={})).status_code == 401
