from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.models import Country
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"code": "AA", "name": "Name"}
CHANGES: dict[str, Any] = {"name": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.country()
    url = f"/api/v1/countries/{row.code}"
    response = await client.get(url)
    assert response.status_code == 200


async def test_update(client: AsyncClient, factory: Factory) -> None:
    row = await factory.country()
    url = f"/api/v1/countries/{row.code}"
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    row = await factory.country()
    url = f"/api/v1/countries/{row.code}"
    for member in ("name",):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    row = await factory.country()
    url = f"/api/v1/countries/{row.code}"
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Country, row.code)
    assert stored is None


async def test_create(client: AsyncClient) -> None:
    response = await client.post("/api/v1/countries", json=BODY)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient) -> None:
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("code", 1),
        ("code", "xxx"),
        ("code", "!"),
        ("code", None),
        ("name", 1),
        ("name", "\x00"),
        ("name", ""),
        ("name", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/countries", json=sent | {member: value})
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.country()
    url = "/api/v1/countries"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.country()
    for _ in range(1):
        await factory.country()
    url = "/api/v1/countries"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}, {"q": "a"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.country()
    for _ in range(2):
        await factory.country()
    url = "/api/v1/countries"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.country()
    url = "/api/v1/countries"
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
    await factory.country()
    url = "/api/v1/countries"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.country()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)
