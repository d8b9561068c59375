from datetime import datetime
from decimal import Decimal
from unittest.mock import Mock

import pytest
from httpx2 import AsyncClient
from sqlalchemy import func, select

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Cart, Order, OrderItem, OutboxEvent, Payment, Product
from app.models.enums import OrderStatus
from tests.factories import Factory


async def test_no_stranger_may_checkout(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/carts/{uuid7()}/checkout")
    assert response.status_code == 401


async def test_missing_rows_for_checkout(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/carts/{uuid7()}/checkout", headers=headers)
    assert response.status_code == 404


async def test_checkout_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    cart = await factory.cart(customer=caller)
    response = await client.post(f"/api/v1/carts/{cart.id}/checkout", headers=headers)
    assert response.status_code == 409
    assert response.json()["detail"] == "The cart is empty."


async def test_checkout_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    cart = await factory.cart()
    response = await client.post(f"/api/v1/carts/{cart.id}/checkout", headers=headers)
    assert response.status_code == 404


async def test_checkout_is_refused_3(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    cart = await factory.cart(
        checked_out_at=datetime.fromisoformat("2026-01-31T08:30:00Z"), customer=caller
    )
    response = await client.post(f"/api/v1/carts/{cart.id}/checkout", headers=headers)
    assert response.status_code == 409
    assert response.json()["detail"] == "This cart is checked out already."


async def test_checkout_works_1(
    client: AsyncClient, factory: Factory, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "app.services.flow_methods.shipping_cost", Mock(return_value=Decimal("4.9"))
    )
    caller = await factory.customer()
    headers = factory.auth(caller)
    cart = await factory.cart(customer=caller)
    cart_item = await factory.cart_item(cart=cart)
    response = await client.post(f"/api/v1/carts/{cart.id}/checkout", headers=headers)
    assert response.status_code == 201
    shown = response.json()
    assert shown["status"] == "OPEN"
    assert shown["item_count"] == 1
    assert shown["is_settled"] is False
    async with database.session(read_only=True) as session:
        cart_after = await session.get_one(Cart, cart.id)
        assert cart_after.checked_out_at is not None
        cart_item_product_after = await session.get_one(Product, cart_item.product_id)
        assert cart_item_product_after.stock == 0
        assert await session.scalar(select(func.count()).select_from(Order)) == 1
        assert await session.scalar(select(func.count()).select_from(OrderItem)) == 1
        told = (await session.scalars(select(OutboxEvent))).all()
        assert [event.name for event in told] == ["order.placed"]
        assert told[0].payload["total"] == "17.40"


async def test_checkout_is_done_once(
    client: AsyncClient, factory: Factory, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "app.services.flow_methods.shipping_cost", Mock(return_value=Decimal("4.9"))
    )
    caller = await factory.customer()
    headers = factory.auth(caller)
    cart = await factory.cart(customer=caller)
    cart_item = await factory.cart_item(cart=cart)
    headers["Idempotency-Key"] = "one-request"
    first = await client.post(f"/api/v1/carts/{cart.id}/checkout", headers=headers)
    response = await client.post(f"/api/v1/carts/{cart.id}/checkout", headers=headers)
    assert response.status_code == 201
    assert response.headers["Idempotent-Replayed"] == "true"
    assert response.json() == first.json()
    other = await client.post(
        f"/api/v1/carts/{cart.id}/checkout", json={"no_such_member": True}, headers=headers
    )
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"
    shown = response.json()
    assert shown["status"] == "OPEN"
    assert shown["item_count"] == 1
    assert shown["is_settled"] is False
    async with database.session(read_only=True) as session:
        cart_after = await session.get_one(Cart, cart.id)
        assert cart_after.checked_out_at is not None
        cart_item_product_after = await session.get_one(Product, cart_item.product_id)
        assert cart_item_product_after.stock == 0
        assert await session.scalar(select(func.count()).select_from(Order)) == 1
        assert await session.scalar(select(func.count()).select_from(OrderItem)) == 1
        told = (await session.scalars(select(OutboxEvent))).all()
        assert [event.name for event in told] == ["order.placed"]
        assert told[0].payload["total"] == "17.40"


async def test_no_stranger_may_pay(client: AsyncClient) -> None:
    response = await client.post(
        f"/api/v1/orders/{uuid7()}/payments", json={"reference": "Reference"}
    )
    assert response.status_code == 401


async def test_missing_rows_for_pay(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/orders/{uuid7()}/payments", json={"reference": "Reference"}, headers=headers
    )
    assert response.status_code == 404


async def test_unknown_members_for_pay(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/orders/{uuid7()}/payments",
        json={"reference": "Reference", "no_such_member": True},
        headers=headers,
    )
    assert response.status_code == 422


async def test_pay_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    order = await factory.order(customer=caller)
    response = await client.post(
        f"/api/v1/orders/{order.id}/payments", json={"reference": "Reference"}, headers=headers
    )
    assert response.status_code == 201
    shown = response.json()
    assert shown["status"] == "succeeded"
    async with database.session(read_only=True) as session:
        order_after = await session.get_one(Order, order.id)
        assert order_after.status is OrderStatus.PAID
        assert await session.scalar(select(func.count()).select_from(Payment)) == 1


async def test_pay_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    order = await factory.order()
    response = await client.post(
        f"/api/v1/orders/{order.id}/payments", json={"reference": "Reference"}, headers=headers
    )
    assert response.status_code == 404


async def test_pay_is_refused_2(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    order = await factory.order(status=OrderStatus.PAID, customer=caller)
    response = await client.post(
        f"/api/v1/orders/{order.id}/payments", json={"reference": "Reference"}, headers=headers
    )
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert await session.scalar(select(func.count()).select_from(Payment)) == 0


async def test_pay_is_refused_3(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    order = await factory.order(status=OrderStatus.CANCELLED, customer=caller)
    response = await client.post(
        f"/api/v1/orders/{order.id}/payments", json={"reference": "Reference"}, headers=headers
    )
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert await session.scalar(select(func.count()).select_from(Payment)) == 0


async def test_pay_is_done_once(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    order = await factory.order(customer=caller)
    headers["Idempotency-Key"] = "one-request"
    first = await client.post(
        f"/api/v1/orders/{order.id}/payments", json={"reference": "Reference"}, headers=headers
    )
    response = await client.post(
        f"/api/v1/orders/{order.id}/payments", json={"reference": "Reference"}, headers=headers
    )
    assert response.status_code == 201
    assert response.headers["Idempotent-Replayed"] == "true"
    assert response.json() == first.json()
    other = await client.post(
        f"/api/v1/orders/{order.id}/payments", json={"no_such_member": True}, headers=headers
    )
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"
    shown = response.json()
    assert shown["status"] == "succeeded"
    async with database.session(read_only=True) as session:
        order_after = await session.get_one(Order, order.id)
        assert order_after.status is OrderStatus.PAID
        assert await session.scalar(select(func.count()).select_from(Payment)) == 1


async def test_no_stranger_may_cancel(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/orders/{uuid7()}/cancel")
    assert response.status_code == 401


async def test_missing_rows_for_cancel(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/orders/{uuid7()}/cancel", headers=headers)
    assert response.status_code == 404


async def test_cancel_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    order = await factory.order(customer=caller)
    response = await client.post(f"/api/v1/orders/{order.id}/cancel", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["status"] == "CANCELLED"
    assert shown["item_count"] == 0
    assert shown["is_settled"] is False
    async with database.session(read_only=True) as session:
        order_after = await session.get_one(Order, order.id)
        assert order_after.status is OrderStatus.CANCELLED


async def test_cancel_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    order = await factory.order()
    response = await client.post(f"/api/v1/orders/{order.id}/cancel", headers=headers)
    assert response.status_code == 404


async def test_cancel_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    order = await factory.order(status=OrderStatus.PAID, customer=caller)
    response = await client.post(f"/api/v1/orders/{order.id}/cancel", headers=headers)
    assert response.status_code == 409


async def test_cancel_works_2(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.customer()
    headers = factory.auth(caller)
    order = await factory.order(customer=caller)
    order_item = await factory.order_item(order=order)
    response = await client.post(f"/api/v1/orders/{order.id}/cancel", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["status"] == "CANCELLED"
    assert shown["item_count"] == 1
    assert shown["is_settled"] is False
    async with database.session(read_only=True) as session:
        order_after = await session.get_one(Order, order.id)
        assert order_after.status is OrderStatus.CANCELLED
        order_item_product_after = await session.get_one(Product, order_item.product_id)
        assert order_item_product_after.stock == 2
