from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.models import Depot
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"code": "0aa", "capacity": 1}
CHANGES: dict[str, Any] = {"capacity": 2}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots/{row.code}"
    response = await client.get(url)
    assert response.status_code == 200


async def test_update(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots/{row.code}"
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots/{row.code}"
    for member in ("capacity",):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots/{row.code}"
    response = await client.put(
        url, json={key: value for key, value in BODY.items() if key != "code"}
    )
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots/{row.code}"
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Depot, (row.code, row.region_id))
    assert stored is None


async def test_no_row_below_another_parent(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.depot(region=parent)
    other_grandparent = await factory.country()
    response = await client.get(
        f"/api/v1/countries/{other_grandparent.code}/regions/{parent.id}/depots/{row.code}"
    )
    assert response.status_code == 404
    other_parent = await factory.region()
    response = await client.get(
        f"/api/v1/countries/{grandparent.code}/regions/{other_parent.id}/depots/{row.code}"
    )
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    response = await client.post(
        f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots", json=BODY
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
        ("code", 1),
        ("code", "xxxxxxxxx"),
        ("code", None),
        ("code", "a/b"),
        ("code", "bulk"),
        ("capacity", "1"),
        ("capacity", 1.5),
        ("capacity", True),
        ("capacity", -1),
        ("capacity", 2_147_483_648),
        ("capacity", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots",
            json=sent | {member: value},
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    sent = BODY
    response = await client.post(
        f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots/bulk",
        json={"items": [sent]},
    )
    assert response.status_code == 201
    assert len(response.json()["items"]) == 1
    none = await client.post(
        f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots/bulk", json={"items": []}
    )
    assert none.status_code == 422
    other = await client.get(
        f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots/bulk"
    )
    assert other.status_code == 405
    assert other.headers["Allow"] == "POST"


async def test_integers_reach_their_bounds(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    row = await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots/{row.code}"
    for member, value in (("capacity", 0), ("capacity", 2_147_483_647)):
        response = await client.patch(url, json={member: value})
        assert response.status_code == 200
        assert response.json()[member] == value
    for member, value in (("capacity", -1), ("capacity", 2_147_483_648)):
        response = await client.patch(url, json={member: value})
        assert response.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    await factory.depot(region=parent)
    for _ in range(1):
        await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    await factory.depot(region=parent)
    for _ in range(2):
        await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.country()
    parent = await factory.region(country=grandparent)
    await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots"
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
    await factory.depot(region=parent)
    url = f"/api/v1/countries/{grandparent.code}/regions/{parent.id}/depots"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.depot(region=parent)
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)
