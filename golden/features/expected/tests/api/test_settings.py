from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.models import Setting
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"key": "0aa", "value": {"key": "value"}}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    row = await factory.setting()
    url = f"/api/v2/settings/{row.key}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    row = await factory.setting()
    url = f"/api/v2/settings/{row.key}"
    response = await client.put(
        url, json={key: value for key, value in BODY.items() if key != "key"}, headers=headers
    )
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    row = await factory.setting()
    url = f"/api/v2/settings/{row.key}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Setting, row.key)
    assert stored is None


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    response = await client.post("/api/v2/settings", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("key", 1),
        ("key", "x" * 61),
        ("key", None),
        ("key", "a/b"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v2/settings", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    await factory.setting()
    url = "/api/v2/settings"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    await factory.setting()
    for _ in range(1):
        await factory.setting()
    url = "/api/v2/settings"
    cases: list[dict[str, str]] = [{"sort": "key"}, {"sort": "-key"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    await factory.setting()
    for _ in range(2):
        await factory.setting()
    url = "/api/v2/settings"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account()
    headers = factory.auth(caller)
    await factory.setting()
    url = "/api/v2/settings"
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
    await factory.setting()
    url = "/api/v2/settings"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.setting()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.setting()
    assert (await client.get(f"/api/v2/settings/{row.key}")).status_code == 401
    assert (await client.put(f"/api/v2/settings/{row.key}", json={})).status_code == 401
    assert (await client.delete(f"/api/v2/settings/{row.key}")).status_code == 401
    assert (await client.get("/api/v2/settings")).status_code == 401
    assert (await client.post("/api/v2/settings", json={})).status_code == 401
