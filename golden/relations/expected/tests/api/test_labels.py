from typing import Any

from httpx2 import AsyncClient
from sqlalchemy.orm import selectinload

from app.core.database import Database
from app.models import Label
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"name": "Name0"}
CHANGES: dict[str, Any] = {"name": "Other0"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.label()
    url = f"/api/v1/labels/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200


async def test_update(client: AsyncClient, factory: Factory) -> None:
    row = await factory.label()
    url = f"/api/v1/labels/{row.id}"
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    row = await factory.label()
    url = f"/api/v1/labels/{row.id}"
    for member in ("name",):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    row = await factory.label()
    url = f"/api/v1/labels/{row.id}"
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Label, row.id)
    assert stored is None


async def test_create(client: AsyncClient) -> None:
    response = await client.post("/api/v1/labels", json=BODY)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_what_is_in_use(client: AsyncClient) -> None:
    sent = BODY
    assert (await client.post("/api/v1/labels", json=sent)).status_code == 201
    again = await client.post("/api/v1/labels", json=sent)
    assert again.status_code == 409


async def test_create_validates(client: AsyncClient) -> None:
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("name", 1),
        ("name", "\x00"),
        ("name", "x" * 41),
        ("name", ""),
        ("name", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/labels", json=sent | {member: value})
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.label()
    url = "/api/v1/labels"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.label()
    for _ in range(1):
        await factory.label()
    url = "/api/v1/labels"
    cases: list[dict[str, str]] = [{"sort": "id"}, {"sort": "-id"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.label()
    for _ in range(2):
        await factory.label()
    url = "/api/v1/labels"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.label()
    url = "/api/v1/labels"
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
    await factory.label()
    url = "/api/v1/labels"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.label()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_computed_attributes(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    row = await factory.label()
    for _ in range(2):
        await factory.ticket(labels=[row])
    response = await client.get(f"/api/v1/labels/{row.id}")
    read = response.json()
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Label, row.id, options=[selectinload(Label.tickets)])
    assert read["ticket_count"] == len(stored.tickets)
    assert read["is_used_abroad"] == any(
        ticket.country_code is not None for ticket in stored.tickets
    )
