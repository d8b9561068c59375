from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"house": "0aa", "floor": 1}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.room()
    url = f"/api/v1/rooms/{row.house}/{row.floor}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post("/api/v1/rooms", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("house", 1),
        ("house", "xxxxxxxxxxxxxxxxxxxxx"),
        ("house", None),
        ("house", "a/b"),
        ("floor", "1"),
        ("floor", 1.5),
        ("floor", True),
        ("floor", -6),
        ("floor", 201),
        ("floor", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/rooms", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    sent = BODY
    twice = await client.post("/api/v1/rooms/bulk", json={"items": [sent, sent]}, headers=headers)
    assert twice.status_code == 409
    assert twice.json()["errors"][0]["pointer"] == "/items/1/house"
    response = await client.post("/api/v1/rooms/bulk", json={"items": [sent]}, headers=headers)
    assert response.status_code == 201
    assert len(response.json()["items"]) == 1
    none = await client.post("/api/v1/rooms/bulk", json={"items": []}, headers=headers)
    assert none.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.room()
    url = "/api/v1/rooms"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.room()
    for _ in range(1):
        await factory.room()
    url = "/api/v1/rooms"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.room()
    for _ in range(2):
        await factory.room()
    url = "/api/v1/rooms"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.room()
    url = "/api/v1/rooms"
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
    await factory.room()
    url = "/api/v1/rooms"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.room()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.room()
    assert (await client.get(f"/api/v1/rooms/{row.house}/{row.floor}")).status_code == 401
    assert (await client.get("/api/v1/rooms")).status_code == 401
    assert (await client.post("/api/v1/rooms", json={})).status_code == 401
