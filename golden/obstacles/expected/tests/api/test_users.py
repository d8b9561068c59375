from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.models import User
from app.models.enums import UserRole
from tests.factories import Factory

CHANGES: dict[str, Any] = {"email": "other-0@example.com", "password": "staple shoe lamp"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/users/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/users/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | {key: value for key, value in CHANGES.items() if key != "password"}


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/users/{row.id}"
    for member in ("email", "password"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/users/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(User, row.id)
    assert stored is None


async def test_a_row_in_use_cannot_be_deleted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/users/{row.id}"
    await factory.order(user=row)
    response = await client.delete(url, headers=headers)
    assert response.status_code == 409


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    url = "/api/v1/users"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    url = "/api/v1/users"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    url = "/api/v1/users"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    url = "/api/v1/users"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value}, headers=headers)
        assert response.status_code == 422


async def test_computed_attributes(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = caller
    response = await client.get(f"/api/v1/users/{row.id}", headers=headers)
    read = response.json()
    async with database.session(read_only=True) as session:
        stored = await session.get_one(User, row.id)
    assert read["lambda"] == len(stored.email)
    assert read["cls"] == (stored.role is UserRole.NONE)
    assert read["metadata"] == (
        stored.email if stored.role is UserRole.NONE else "none@example.com"
    )
    assert read["model_fields"] == len(stored.email) + 1


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.user()
    assert (await client.get(f"/api/v1/users/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/users/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/users/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/users")).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.user()
    caller = await factory.user()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/users/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/users/{row.id}", json={}, headers=headers)
    ).status_code == 404
    assert (await client.delete(f"/api/v1/users/{row.id}", headers=headers)).status_code == 404
