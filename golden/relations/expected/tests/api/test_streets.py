from typing import Any

from httpx2 import AsyncClient
from sqlalchemy.orm import joinedload

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Region, Street, Town
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"name": "Name"}
CHANGES: dict[str, Any] = {"name": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    row = await factory.street(town=parent)
    url = (
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/{row.id}"
    )
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    row = await factory.street(town=parent)
    url = (
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/{row.id}"
    )
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    row = await factory.street(town=parent)
    url = (
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/{row.id}"
    )
    for member in ("name",):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    row = await factory.street(town=parent)
    url = (
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/{row.id}"
    )
    response = await client.put(url, json=BODY)
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    row = await factory.street(town=parent)
    url = (
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/{row.id}"
    )
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Street, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    response = await client.get(
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/{uuid7()}"
    )
    assert response.status_code == 404
    response = await client.patch(
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/{uuid7()}",
        json={},
    )
    assert response.status_code == 404
    response = await client.delete(
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/{uuid7()}"
    )
    assert response.status_code == 404


async def test_no_row_below_another_parent(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    row = await factory.street(town=parent)
    other_great_grandparent = await factory.country()
    response = await client.get(
        f"/api/v1/countries/{other_great_grandparent.code}/regions/"
        f"{grandparent.id}/towns/{parent.slug}/streets/{row.id}"
    )
    assert response.status_code == 404
    other_grandparent = await factory.region()
    response = await client.get(
        f"/api/v1/countries/{great_grandparent.code}/regions/"
        f"{other_grandparent.id}/towns/{parent.slug}/streets/{row.id}"
    )
    assert response.status_code == 404
    other_parent = await factory.town()
    response = await client.get(
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{other_parent.slug}/streets/{row.id}"
    )
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    response = await client.post(
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets",
        json=BODY,
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
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
            f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
            f"towns/{parent.slug}/streets",
            json=sent | {member: value},
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    sent = BODY
    response = await client.post(
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/bulk",
        json={"items": [sent]},
    )
    assert response.status_code == 201
    assert len(response.json()["items"]) == 1
    none = await client.post(
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/bulk",
        json={"items": []},
    )
    assert none.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    await factory.street(town=parent)
    url = (
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets"
    )
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    await factory.street(town=parent)
    for _ in range(1):
        await factory.street(town=parent)
    url = (
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets"
    )
    cases: list[dict[str, str]] = [
        {"town_name": "Name"},
        {"sort": "created_at"},
        {"sort": "-created_at"},
    ]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    await factory.street(town=parent)
    for _ in range(2):
        await factory.street(town=parent)
    url = (
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets"
    )
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    await factory.street(town=parent)
    url = (
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets"
    )
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
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    await factory.street(town=parent)
    url = (
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets"
    )
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.street(town=parent)
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_computed_attributes(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    great_grandparent = await factory.country()
    grandparent = await factory.region(country=great_grandparent)
    parent = await factory.town(region=grandparent)
    row = await factory.street(town=parent)
    response = await client.get(
        f"/api/v1/countries/{great_grandparent.code}/regions/{grandparent.id}/"
        f"towns/{parent.slug}/streets/{row.id}"
    )
    read = response.json()
    async with database.session(read_only=True) as session:
        stored = await session.get_one(
            Street,
            row.id,
            options=[joinedload(Street.town).joinedload(Town.region).joinedload(Region.country)],
        )
    assert read["country_code"] == stored.town.region.country.code
