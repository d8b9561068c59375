from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.models import Topic
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"code": "0aa", "label": "Label"}
CHANGES: dict[str, Any] = {"label": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.topic()
    url = f"/api/v1/topics/{row.code}"
    response = await client.get(url)
    assert response.status_code == 200


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.code}"
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
    url = f"/api/v1/topics/{row.code}"
    for member in ("parent_code",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("label",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.code}"
    parent_row = await factory.topic()
    response = await client.put(
        url,
        json={key: value for key, value in BODY.items() if key != "code"}
        | {"parent_code": str(parent_row.code)},
        headers=headers,
    )
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.code}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Topic, row.code)
    assert stored is None


async def test_a_row_in_use_cannot_be_deleted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.code}"
    await factory.booking(topic=row)
    response = await client.delete(url, headers=headers)
    assert response.status_code == 409


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    parent_row = await factory.topic()
    response = await client.post(
        "/api/v1/topics", json=BODY | {"parent_code": str(parent_row.code)}, headers=headers
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    parent_row = await factory.topic()
    sent = BODY | {"parent_code": str(parent_row.code)}
    cases: list[tuple[str, object]] = [
        ("code", 1),
        ("code", "x" * 41),
        ("code", None),
        ("code", "a/b"),
        ("code", "bulk"),
        ("label", 1),
        ("label", "\x00"),
        ("label", ""),
        ("label", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/topics", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    parent_row = await factory.topic()
    sent = BODY | {"parent_code": str(parent_row.code)}
    twice = await client.post("/api/v1/topics/bulk", json={"items": [sent, sent]}, headers=headers)
    assert twice.status_code == 409
    assert twice.json()["errors"][0]["pointer"] == "/items/1/code"
    response = await client.post("/api/v1/topics/bulk", json={"items": [sent]}, headers=headers)
    assert response.status_code == 201
    assert len(response.json()["items"]) == 1
    none = await client.post("/api/v1/topics/bulk", json={"items": []}, headers=headers)
    assert none.status_code == 422
    other = await client.get("/api/v1/topics/bulk")
    assert other.status_code == 405
    assert other.headers["Allow"] == "POST"


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.topic()
    url = "/api/v1/topics"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.topic()
    for _ in range(1):
        await factory.topic()
    url = "/api/v1/topics"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}, {"q": "a"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.topic()
    for _ in range(2):
        await factory.topic()
    url = "/api/v1/topics"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.topic()
    url = "/api/v1/topics"
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
    await factory.topic()
    url = "/api/v1/topics"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.topic()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.topic()
    assert (await client.patch(f"/api/v1/topics/{row.code}", json={})).status_code == 401
    assert (await client.put(f"/api/v1/topics/{row.code}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/topics/{row.code}")).status_code == 401
    assert (await client.post("/api/v1/topics", json={})).status_code == 401
