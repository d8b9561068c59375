from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.models import Town
from app.schemas.town import TownSort
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"name": "Name"}
CHANGES: dict[str, Any] = {"name": "Other", "slug": "other-0"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.town(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns/{row.slug}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.town(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns/{row.slug}"
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.town(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns/{row.slug}"
    for member in ("name", "slug"):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.town(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns/{row.slug}"
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Town, row.id)
    assert stored is None


async def test_no_row_below_another_parent(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.town(region=parent)
    other_grandparent = await factory.country()
    response = await client.get(
        f"/api/v1/countries/{other_grandparent.code}/regions/{parent.id}/towns/{row.slug}"
    )
    assert response.status_code == 404
    other_parent = await factory.region()
    response = await client.get(
        f"/api/v1/countries/{grandparent.code}/regions/{other_parent.id}/towns/{row.slug}"
    )
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    response = await client.post(
        f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns", json=BODY
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("name", 1),
        ("name", "\x00"),
        ("name", ""),
        ("name", None),
        ("slug", "Not a slug!"),
        ("slug", 1),
        ("slug", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns",
            json=sent | {member: value},
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    await factory.town(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    await factory.town(region=parent)
    for _ in range(1):
        await factory.town(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    await factory.town(region=parent)
    for _ in range(2):
        await factory.town(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns"
    total = len((await client.get(url, params={"limit": 100})).json()["items"])
    for sort in TownSort:
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
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    await factory.town(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns"
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
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    await factory.town(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/towns"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.town(region=parent)
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)
