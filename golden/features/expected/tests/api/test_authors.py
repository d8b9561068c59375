from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"name": "Name", "born": "2026-01-31"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    row = await factory.author()
    url = f"/api/v2/writers/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    response = await client.post("/api/v2/writers", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("name", 1),
        ("name", "\x00"),
        ("name", ""),
        ("name", None),
        ("born", "2026-02-30"),
        ("born", "yesterday"),
        ("born", 1),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v2/writers", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    await factory.author()
    url = "/api/v2/writers"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    row = await factory.author()
    for _ in range(1):
        await factory.author()
    url = "/api/v2/writers"
    cases: list[dict[str, str]] = [
        {"id": "1"},
        {"idMin": "1"},
        {"idMax": "1"},
        {"sort": "createdAt"},
        {"sort": "-createdAt"},
        {"sort": "id"},
        {"sort": "-id"},
    ]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200
    for params in ({"id": str(row.id)}, {"idMin": str(row.id)}, {"idMax": str(row.id)}):
        response = await client.get(url, params=params, headers=headers)
        assert response.json()["items"]


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    await factory.author()
    for _ in range(2):
        await factory.author()
    url = "/api/v2/writers"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    await factory.author()
    url = "/api/v2/writers"
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
    caller = await factory.account()
    headers = factory.auth(caller)
    await factory.author()
    url = "/api/v2/writers"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.author()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.author()
    assert (await client.get(f"/api/v2/writers/{row.id}")).status_code == 401
    assert (await client.get("/api/v2/writers")).status_code == 401
    assert (await client.post("/api/v2/writers", json={})).status_code == 401
