from decimal import Decimal
from typing import Any

from httpx2 import AsyncClient
from sqlalchemy.orm import selectinload

from app.core.database import Database
from app.models import Rate
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"year": 1900, "code": "0aa", "value": "12.5000"}
CHANGES: dict[str, Any] = {"value": "13.5000"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.rate()
    url = f"/api/v1/rates/{row.year}/{row.code}"
    response = await client.get(url)
    assert response.status_code == 200


async def test_update(client: AsyncClient, factory: Factory) -> None:
    row = await factory.rate()
    url = f"/api/v1/rates/{row.year}/{row.code}"
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    row = await factory.rate()
    url = f"/api/v1/rates/{row.year}/{row.code}"
    for member in ("value",):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    row = await factory.rate()
    url = f"/api/v1/rates/{row.year}/{row.code}"
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Rate, (row.year, row.code))
    assert stored is None


async def test_a_row_in_use_cannot_be_deleted(client: AsyncClient, factory: Factory) -> None:
    row = await factory.rate()
    url = f"/api/v1/rates/{row.year}/{row.code}"
    await factory.charge(rate=row)
    response = await client.delete(url)
    assert response.status_code == 409


async def test_create(client: AsyncClient) -> None:
    response = await client.post("/api/v1/rates", json=BODY)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient) -> None:
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("year", "1"),
        ("year", 1.5),
        ("year", True),
        ("year", 1899),
        ("year", 2201),
        ("year", None),
        ("code", 1),
        ("code", "xxxxxxxxx"),
        ("code", None),
        ("code", "a/b"),
        ("value", "twelve"),
        ("value", 12.5),
        ("value", "1e400"),
        ("value", "10000000.0000"),
        ("value", "-0.0001"),
        ("value", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/rates", json=sent | {member: value})
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.rate()
    url = "/api/v1/rates"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.rate()
    for _ in range(1):
        await factory.rate()
    url = "/api/v1/rates"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.rate()
    for _ in range(2):
        await factory.rate()
    url = "/api/v1/rates"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.rate()
    url = "/api/v1/rates"
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
    await factory.rate()
    url = "/api/v1/rates"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.rate()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_computed_attributes(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    row = await factory.rate()
    for _ in range(2):
        await factory.charge(rate=row)
    response = await client.get(f"/api/v1/rates/{row.year}/{row.code}")
    read = response.json()
    async with database.session(read_only=True) as session:
        stored = await session.get_one(
            Rate, (row.year, row.code), options=[selectinload(Rate.charges)]
        )
    assert Decimal(read["charged"]) == sum((charge.amount for charge in stored.charges), Decimal(0))
