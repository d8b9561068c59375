from decimal import Decimal
from typing import Any

from httpx2 import AsyncClient
from sqlalchemy.orm import joinedload

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Charge
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"amount": "12.50"}
CHANGES: dict[str, Any] = {"amount": "13.50"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.charge()
    url = f"/api/v1/charges/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    row = await factory.charge()
    url = f"/api/v1/charges/{row.id}"
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    row = await factory.charge()
    url = f"/api/v1/charges/{row.id}"
    for member in ("amount", "rate_year", "rate_code"):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    row = await factory.charge()
    url = f"/api/v1/charges/{row.id}"
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Charge, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient) -> None:
    response = await client.get(f"/api/v1/charges/{uuid7()}")
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/charges/{uuid7()}", json={})
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/charges/{uuid7()}")
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    rate_row = await factory.rate()
    response = await client.post(
        "/api/v1/charges", json=BODY | {"rate_year": rate_row.year, "rate_code": str(rate_row.code)}
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    rate_row = await factory.rate()
    sent = BODY | {"rate_year": rate_row.year, "rate_code": str(rate_row.code)}
    cases: list[tuple[str, object]] = [
        ("amount", "twelve"),
        ("amount", 12.5),
        ("amount", "1e400"),
        ("amount", "100000000000.00"),
        ("amount", "-0.01"),
        ("amount", None),
        ("rate_year", None),
        ("rate_year", "not a key"),
        ("rate_code", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/charges", json=sent | {member: value})
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.charge()
    url = "/api/v1/charges"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.charge()
    for _ in range(1):
        await factory.charge()
    url = "/api/v1/charges"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.charge()
    for _ in range(2):
        await factory.charge()
    url = "/api/v1/charges"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.charge()
    url = "/api/v1/charges"
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
    await factory.charge()
    url = "/api/v1/charges"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.charge()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_computed_attributes(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    row = await factory.charge()
    response = await client.get(f"/api/v1/charges/{row.id}")
    read = response.json()
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Charge, row.id, options=[joinedload(Charge.rate)])
    assert Decimal(read["due"]) == stored.amount * stored.rate.year
    assert read["code"] == stored.rate.code
