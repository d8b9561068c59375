from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models.enums import CustomerRole
from tests.factories import Factory, counted_selects

CHANGES: dict[str, Any] = {
    "email": "other-0@example.com",
    "name": "Other",
    "password": "staple shoe lamp",
}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.customer()
    url = f"/api/v1/customers/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/customers/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | {key: value for key, value in CHANGES.items() if key != "password"}


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/customers/{row.id}"
    for member in ("email", "name", "password"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/customers/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    await factory.customer()
    url = "/api/v1/customers"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    await factory.customer()
    for _ in range(1):
        await factory.customer()
    url = "/api/v1/customers"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    await factory.customer()
    for _ in range(2):
        await factory.customer()
    url = "/api/v1/customers"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    await factory.customer()
    url = "/api/v1/customers"
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
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    await factory.customer()
    url = "/api/v1/customers"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.customer()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.customer()
    assert (await client.get(f"/api/v1/customers/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/customers/{row.id}", json={})).status_code == 401
    assert (await client.get("/api/v1/customers")).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.customer()
    caller = await factory.customer()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/customers/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/customers/{row.id}", json={}, headers=headers)
    ).status_code == 404
