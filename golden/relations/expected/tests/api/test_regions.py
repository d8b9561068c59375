from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.models import Region
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"name": "Name"}
CHANGES: dict[str, Any] = {"name": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.country()
    row = await factory.region(country=parent)
    url = f"/api/v1/countries/{parent.code}/regions/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200


async def test_update(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.country()
    row = await factory.region(country=parent)
    url = f"/api/v1/countries/{parent.code}/regions/{row.id}"
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.country()
    row = await factory.region(country=parent)
    url = f"/api/v1/countries/{parent.code}/regions/{row.id}"
    for member in ("name",):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    parent = await factory.country()
    row = await factory.region(country=parent)
    url = f"/api/v1/countries/{parent.code}/regions/{row.id}"
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Region, row.id)
    assert stored is None


async def test_no_row_below_another_parent(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.country()
    row = await factory.region(country=parent)
    other_parent = await factory.country()
    response = await client.get(f"/api/v1/countries/{other_parent.code}/regions/{row.id}")
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.country()
    response = await client.post(f"/api/v1/countries/{parent.code}/regions", json=BODY)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.country()
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("name", 1),
        ("name", "\x00"),
        ("name", ""),
        ("name", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            f"/api/v1/countries/{parent.code}/regions", json=sent | {member: value}
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.country()
    await factory.region(country=parent)
    url = f"/api/v1/countries/{parent.code}/regions"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.country()
    await factory.region(country=parent)
    for _ in range(1):
        await factory.region(country=parent)
    url = f"/api/v1/countries/{parent.code}/regions"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.country()
    await factory.region(country=parent)
    for _ in range(2):
        await factory.region(country=parent)
    url = f"/api/v1/countries/{parent.code}/regions"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.country()
    await factory.region(country=parent)
    url = f"/api/v1/countries/{parent.code}/regions"
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
    parent = await factory.country()
    await factory.region(country=parent)
    url = f"/api/v1/countries/{parent.code}/regions"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.region(country=parent)
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)
