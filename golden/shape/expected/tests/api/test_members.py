from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.models import Member
from tests.factories import Factory

CHANGES: dict[str, Any] = {"email": "other-0@example.com", "password": "staple shoe lamp"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/members/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["user"]["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/members/{row.id}"
    unchanged = await client.patch(url, json={"user": {}}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json={"user": CHANGES}, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()["user"]
    assert shown == shown | {key: value for key, value in CHANGES.items() if key != "password"}


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/members/{row.id}"
    for member in ("email", "password"):
        response = await client.patch(url, json={"user": {member: None}}, headers=headers)
        assert response.status_code == 400


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/members/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        stored = await session.get(Member, row.id)
    assert stored is None


async def test_a_row_in_use_cannot_be_deleted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/members/{row.id}"
    await factory.article(author=row)
    response = await client.delete(url, headers=headers)
    assert response.status_code == 409


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    url = "/api/v1/members"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["data"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    url = "/api/v1/members"
    cases: list[dict[str, str]] = [{"sort": "createdAt"}, {"sort": "-createdAt"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    url = "/api/v1/members"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["totalCount"] == everything["totalCount"]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    url = "/api/v1/members"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value}, headers=headers)
        assert response.status_code == 400


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.member()
    assert (await client.get(f"/api/v1/members/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/members/{row.id}", json={"user": {}})).status_code == 401
    assert (await client.delete(f"/api/v1/members/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/members")).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.member()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/members/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/members/{row.id}", json={"user": {}}, headers=headers)
    ).status_code == 404
    assert (await client.delete(f"/api/v1/members/{row.id}", headers=headers)).status_code == 404
