from decimal import Decimal

import pytest
from httpx2 import AsyncClient
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from app.core.database import Database
from app.core.errors import NotFoundError
from app.core.ids import uuid7
from app.models import Order
from app.models.enums import CustomerRole, OrderStatus
from app.repositories.order_repository import OrderRepository
from tests.factories import Factory, counted_selects


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.order()
    url = f"/api/v1/orders/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/orders/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.post(f"/api/v1/orders/{uuid7()}/ship", headers=headers)
    assert response.status_code == 404
    response = await client.post(f"/api/v1/orders/{uuid7()}/refund", headers=headers)
    assert response.status_code == 404


async def test_rows_keep_invariants(factory: Factory) -> None:
    with pytest.raises(IntegrityError, match="ck_orders_total_covers_shipping"):
        await factory.order(total=Decimal("12.50"), shipping_cost=Decimal("12.51"))


async def test_transition_ship(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.order(status=OrderStatus.PAID)
    response = await client.post(f"/api/v1/orders/{row.id}/ship", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["status"] == "SHIPPED"


async def test_wrong_state_for_ship(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    rows = [
        await factory.order(status=OrderStatus.OPEN),
        await factory.order(status=OrderStatus.SHIPPED),
        await factory.order(status=OrderStatus.CANCELLED),
        await factory.order(status=OrderStatus.REFUNDED),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/orders/{row.id}/ship", headers=headers)
        assert response.status_code == 409
        assert response.json()["code"] == "invalid_transition"


async def test_transition_refund(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    rows = [
        await factory.order(status=OrderStatus.PAID),
        await factory.order(status=OrderStatus.SHIPPED),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/orders/{row.id}/refund", headers=headers)
        assert response.status_code == 200
        shown = response.json()
        assert shown["status"] == "REFUNDED"


async def test_wrong_state_for_refund(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    rows = [
        await factory.order(status=OrderStatus.OPEN),
        await factory.order(status=OrderStatus.CANCELLED),
        await factory.order(status=OrderStatus.REFUNDED),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/orders/{row.id}/refund", headers=headers)
        assert response.status_code == 409
        assert response.json()["code"] == "invalid_transition"


async def test_no_row_is_locked_that_is_gone(factory: Factory, database: Database) -> None:
    row = await factory.order()
    async with database.session() as session:
        found = await session.get_one(Order, row.id)
        await session.execute(delete(Order), execution_options={"synchronize_session": False})
        with pytest.raises(NotFoundError):
            await OrderRepository(session).lock(found)


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    await factory.order()
    url = "/api/v1/orders"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    await factory.order()
    for _ in range(1):
        await factory.order()
    url = "/api/v1/orders"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    await factory.order()
    for _ in range(2):
        await factory.order()
    url = "/api/v1/orders"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    await factory.order()
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
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    await factory.order()
    url = "/api/v1/orders"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.order()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_computed_attributes(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.customer(role=CustomerRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.order()
    for _ in range(2):
        await factory.order_item(order=row)
    response = await client.get(f"/api/v1/orders/{row.id}", headers=headers)
    read = response.json()
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Order, row.id, options=[selectinload(Order.items)])
    assert read["item_count"] == sum(item.quantity for item in stored.items)
    assert read["is_settled"] == (
        stored.status in {OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.REFUNDED}
    )


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.order()
    assert (await client.get(f"/api/v1/orders/{row.id}")).status_code == 401
    assert (await client.post(f"/api/v1/orders/{row.id}/ship")).status_code == 401
    assert (await client.post(f"/api/v1/orders/{row.id}/refund")).status_code == 401
    assert (await client.get("/api/v1/orders")).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.order()
    caller = await factory.customer()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/orders/{row.id}", headers=headers)).status_code == 404
    assert (await client.post(f"/api/v1/orders/{row.id}/ship", headers=headers)).status_code == 403
    assert (
        await client.post(f"/api/v1/orders/{row.id}/refund", headers=headers)
    ).status_code == 403


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.order()
    caller = await factory.customer()
    headers = factory.auth(caller)
    response = await client.get("/api/v1/orders", headers=headers)
    assert response.json()["items"] == []
