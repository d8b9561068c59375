from typing import Any

import pytest
from httpx2 import AsyncClient
from sqlalchemy import delete

from app.core.database import Database
from app.core.errors import NotFoundError
from app.core.ids import uuid7
from app.models import Order
from app.repositories.order_repository import OrderRepository
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"note": "Note"}
CHANGES: dict[str, Any] = {"note": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.order(member=caller)
    url = f"/api/v1/orders/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.order(member=caller)
    url = f"/api/v1/orders/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.order(member=caller)
    url = f"/api/v1/orders/{row.id}"
    for member in ("note",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.order(member=caller)
    url = f"/api/v1/orders/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Order, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/orders/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/orders/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/orders/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.get(f"/api/v1/orders/{uuid7()}/state-history", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post("/api/v1/orders", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("note", 1),
        ("note", "\x00"),
        ("state", "open"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/orders", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_changes_leave_states_alone(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.order(member=caller)
    url = f"/api/v1/orders/{row.id}"
    response = await client.patch(url, json={"state": "paid"}, headers=headers)
    assert response.status_code == 422


async def test_no_row_is_locked_that_is_gone(factory: Factory, database: Database) -> None:
    row = await factory.order()
    async with database.session() as session:
        found = await session.get_one(Order, row.id)
        await session.execute(delete(Order), execution_options={"synchronize_session": False})
        with pytest.raises(NotFoundError):
            await OrderRepository(session).lock(found)


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.order(member=caller)
    url = "/api/v1/orders"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.order(member=caller)
    for _ in range(1):
        await factory.order(member=caller)
    url = "/api/v1/orders"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.order(member=caller)
    for _ in range(2):
        await factory.order(member=caller)
    url = "/api/v1/orders"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.order(member=caller)
    url = "/api/v1/orders"
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
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.order(member=caller)
    url = "/api/v1/orders"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.order(member=caller)
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.order()
    assert (await client.get(f"/api/v1/orders/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/orders/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/orders/{row.id}")).status_code == 401
    assert (await client.get(f"/api/v1/orders/{row.id}/state-history")).status_code == 401
    assert (await client.get("/api/v1/orders")).status_code == 401
    assert (await client.post("/api/v1/orders", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.order()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/orders/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/orders/{row.id}", json={}, headers=headers)
    ).status_code == 404
    assert (await client.delete(f"/api/v1/orders/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.get(f"/api/v1/orders/{row.id}/state-history", headers=headers)
    ).status_code == 404


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.order()
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get("/api/v1/orders", headers=headers)
    assert response.json()["items"] == []
