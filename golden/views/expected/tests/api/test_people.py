from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from tests.factories import Factory, counted_selects

CHANGES: dict[str, Any] = {
    "email": "other-0@example.com",
    "password": "staple shoe lamp",
    "name": "Other",
    "home": {"street": "Other", "city": "Other"},
    "salary": "13.50",
}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = await factory.person()
    url = f"/api/v1/people/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/people/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | {
        key: value for key, value in CHANGES.items() if key not in {"password", "salary"}
    }


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = caller
    url = f"/api/v1/people/{row.id}"
    for member in ("home",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("email", "password", "name"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/people/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    await factory.person()
    url = "/api/v1/people"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    await factory.person()
    for _ in range(1):
        await factory.person()
    url = "/api/v1/people"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    await factory.person()
    for _ in range(2):
        await factory.person()
    url = "/api/v1/people"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    await factory.person()
    url = "/api/v1/people"
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
    caller = await factory.person()
    headers = factory.auth(caller)
    await factory.person()
    url = "/api/v1/people"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.person()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_read_shows_its_view(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = await factory.person()
    await factory.article(author=row)
    response = await client.get(f"/api/v1/people/{row.id}", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert set(shown) == {"id", "name", "home", "articles"}
    assert shown["name"] == row.name
    assert [set(item) for item in shown["articles"]] == [{"slug", "title"}]


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.person()
    assert (await client.get(f"/api/v1/people/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/people/{row.id}", json={})).status_code == 401
    assert (await client.get("/api/v1/people")).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.person()
    caller = await factory.person()
    headers = factory.auth(caller)
    assert (
        await client.patch(f"/api/v1/people/{row.id}", json={}, headers=headers)
    ).status_code == 403
