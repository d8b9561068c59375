from datetime import datetime
from decimal import Decimal

from httpx2 import AsyncClient
from sqlalchemy import func, select

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Account, Order, OrderItem, OrderStateChange, OutboxEvent, Product, Transfer
from app.models.enums import MemberRole, OrderState
from tests.factories import Factory


async def test_no_stranger_may_transfer(client: AsyncClient) -> None:
    response = await client.post(
        f"/api/v1/accounts/{uuid7()}/transfers/{uuid7()}",
        json={"amount": "12.50", "reason": "gift", "urgent": True},
    )
    assert response.status_code == 401


async def test_missing_rows_for_transfer(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/accounts/{uuid7()}/transfers/{uuid7()}",
        json={"amount": "12.50", "reason": "gift", "urgent": True},
        headers=headers,
    )
    assert response.status_code == 404


async def test_unknown_members_for_transfer(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/accounts/{uuid7()}/transfers/{uuid7()}",
        json={"amount": "12.50", "reason": "gift", "urgent": True, "no_such_member": True},
        headers=headers,
    )
    assert response.status_code == 422


async def test_transfer_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    source = await factory.account(owner=caller, keeper=caller)
    target = await factory.account(owner=caller, keeper=caller)
    response = await client.post(
        f"/api/v1/accounts/{source.id}/transfers/{target.id}",
        json={"amount": "12.50", "reason": "gift", "urgent": True},
        headers=headers,
    )
    assert response.status_code == 201
    shown = response.json()
    assert shown["reason"] == "gift"
    assert shown["urgent"] is True
    async with database.session(read_only=True) as session:
        source_after = await session.get_one(Account, source.id)
        assert source_after.balance == Decimal("87.5")
        target_after = await session.get_one(Account, target.id)
        assert target_after.balance == Decimal("112.5")
        assert await session.scalar(select(func.count()).select_from(Transfer)) == 1
        told = (await session.scalars(select(OutboxEvent))).all()
        assert [event.name for event in told] == ["money.moved"]
        assert told[0].payload["amount"] == "12.50"
        assert told[0].payload["reason"] == "gift"
        assert told[0].payload["urgent"] is True


async def test_transfer_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    source = await factory.account(keeper=caller)
    target = await factory.account(owner=caller, keeper=caller)
    response = await client.post(
        f"/api/v1/accounts/{source.id}/transfers/{target.id}",
        json={"amount": "12.50", "reason": "gift", "urgent": True},
        headers=headers,
    )
    assert response.status_code == 404


async def test_transfer_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    source = await factory.account(balance=Decimal(0), owner=caller, keeper=caller)
    target = await factory.account(owner=caller, keeper=caller)
    response = await client.post(
        f"/api/v1/accounts/{source.id}/transfers/{target.id}",
        json={"amount": "12.50", "reason": "gift", "urgent": True},
        headers=headers,
    )
    assert response.status_code == 409


async def test_transfer_is_refused_3(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    source = await factory.account(
        closed_at=datetime.fromisoformat("2026-01-31T08:30:00Z"), owner=caller, keeper=caller
    )
    target = await factory.account(owner=caller, keeper=caller)
    response = await client.post(
        f"/api/v1/accounts/{source.id}/transfers/{target.id}",
        json={"amount": "12.50", "reason": "gift", "urgent": True},
        headers=headers,
    )
    assert response.status_code == 409
    assert response.json()["detail"] == "One of the accounts is closed."


async def test_transfer_is_refused_4(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    source = await factory.account(owner=caller, keeper=caller)
    response = await client.post(
        f"/api/v1/accounts/{source.id}/transfers/{source.id}",
        json={"amount": "12.50", "reason": "gift", "urgent": True},
        headers=headers,
    )
    assert response.status_code == 422
    assert response.json()["detail"] == "An account can't pay itself."


async def test_no_stranger_may_close_account(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/accounts/{uuid7()}/close")
    assert response.status_code == 401


async def test_missing_rows_for_close_account(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/accounts/{uuid7()}/close", headers=headers)
    assert response.status_code == 404


async def test_close_account_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(owner=caller, keeper=caller)
    response = await client.post(f"/api/v1/accounts/{account.id}/close", headers=headers)
    assert response.status_code == 409
    assert response.json()["detail"] == "The account is not empty."


async def test_close_account_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(keeper=caller)
    response = await client.post(f"/api/v1/accounts/{account.id}/close", headers=headers)
    assert response.status_code == 403


async def test_close_account_works_1(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(balance=Decimal(0), owner=caller, keeper=caller)
    response = await client.post(f"/api/v1/accounts/{account.id}/close", headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        account_after = await session.get_one(Account, account.id)
        assert account_after.closed_at is not None
        told = (await session.scalars(select(OutboxEvent))).all()
        assert [event.name for event in told] == ["account.closed"]
        assert told[0].payload["entries"] == 0


async def test_no_stranger_may_pay(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/orders/{uuid7()}/pay")
    assert response.status_code == 401


async def test_missing_rows_for_pay(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/orders/{uuid7()}/pay", headers=headers)
    assert response.status_code == 404


async def test_pay_is_refused_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(member=caller)
    response = await client.post(f"/api/v1/orders/{order.id}/pay", headers=headers)
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(OrderStateChange))).all()


async def test_pay_is_refused_2(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order()
    response = await client.post(f"/api/v1/orders/{order.id}/pay", headers=headers)
    assert response.status_code == 404
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(OrderStateChange))).all()


async def test_pay_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(member=caller)
    order_item = await factory.order_item(order=order)
    response = await client.post(f"/api/v1/orders/{order.id}/pay", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["note"] is None
    assert shown["state"] == "paid"
    async with database.session(read_only=True) as session:
        order_after = await session.get_one(Order, order.id)
        assert order_after.state is OrderState.PAID
        assert order_after.paid_at is not None
        order_item_product_after = await session.get_one(Product, order_item.product_id)
        assert order_item_product_after.stock == 99
        changes = (await session.scalars(select(OrderStateChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("pay", "open", "paid", caller.id)]


async def test_pay_is_refused_3(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(state=OrderState.PAID, member=caller)
    await factory.order_item(order=order)
    response = await client.post(f"/api/v1/orders/{order.id}/pay", headers=headers)
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(OrderStateChange))).all()


async def test_no_stranger_may_cancel(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/orders/{uuid7()}/cancel")
    assert response.status_code == 401


async def test_missing_rows_for_cancel(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/orders/{uuid7()}/cancel", headers=headers)
    assert response.status_code == 404


async def test_cancel_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(member=caller)
    response = await client.post(f"/api/v1/orders/{order.id}/cancel", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["note"] is None
    assert shown["state"] == "cancelled"
    assert shown["paid_at"] is None
    async with database.session(read_only=True) as session:
        order_after = await session.get_one(Order, order.id)
        assert order_after.state is OrderState.CANCELLED
        changes = (await session.scalars(select(OrderStateChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("cancel", "open", "cancelled", caller.id)]


async def test_cancel_is_refused_1(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order()
    response = await client.post(f"/api/v1/orders/{order.id}/cancel", headers=headers)
    assert response.status_code == 404
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(OrderStateChange))).all()


async def test_cancel_is_refused_2(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(state=OrderState.CANCELLED, member=caller)
    response = await client.post(f"/api/v1/orders/{order.id}/cancel", headers=headers)
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(OrderStateChange))).all()


async def test_cancel_works_2(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(
        paid_at=datetime.fromisoformat("2026-01-31T08:30:00Z"), member=caller
    )
    response = await client.post(f"/api/v1/orders/{order.id}/cancel", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["note"] is None
    assert shown["state"] == "cancelled"
    async with database.session(read_only=True) as session:
        order_after = await session.get_one(Order, order.id)
        assert order_after.state is OrderState.CANCELLED
        changes = (await session.scalars(select(OrderStateChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("cancel", "open", "cancelled", caller.id)]


async def test_cancel_works_3(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(
        paid_at=datetime.fromisoformat("2026-01-31T08:30:00Z"), member=caller
    )
    order_item = await factory.order_item(order=order)
    response = await client.post(f"/api/v1/orders/{order.id}/cancel", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["note"] is None
    assert shown["state"] == "cancelled"
    async with database.session(read_only=True) as session:
        order_after = await session.get_one(Order, order.id)
        assert order_after.state is OrderState.CANCELLED
        order_item_product_after = await session.get_one(Product, order_item.product_id)
        assert order_item_product_after.stock == 101
        changes = (await session.scalars(select(OrderStateChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("cancel", "open", "cancelled", caller.id)]


async def test_no_stranger_may_empty(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/orders/{uuid7()}/empty")
    assert response.status_code == 401


async def test_missing_rows_for_empty(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/orders/{uuid7()}/empty", headers=headers)
    assert response.status_code == 404


async def test_empty_works_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(member=caller)
    response = await client.post(f"/api/v1/orders/{order.id}/empty", headers=headers)
    assert response.status_code == 204


async def test_empty_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order()
    response = await client.post(f"/api/v1/orders/{order.id}/empty", headers=headers)
    assert response.status_code == 404


async def test_empty_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(state=OrderState.PAID, member=caller)
    response = await client.post(f"/api/v1/orders/{order.id}/empty", headers=headers)
    assert response.status_code == 409


async def test_empty_works_2(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(member=caller)
    order_item = await factory.order_item(order=order)
    response = await client.post(f"/api/v1/orders/{order.id}/empty", headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        assert await session.get(OrderItem, order_item.id) is None


async def test_empty_is_done_once(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(member=caller)
    headers["Idempotency-Key"] = "one-request"
    await client.post(f"/api/v1/orders/{order.id}/empty", headers=headers)
    response = await client.post(f"/api/v1/orders/{order.id}/empty", headers=headers)
    assert response.status_code == 204
    assert response.headers["Idempotent-Replayed"] == "true"
    other = await client.post(
        f"/api/v1/orders/{order.id}/empty", json={"no_such_member": True}, headers=headers
    )
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"


async def test_no_stranger_may_hand_over(client: AsyncClient) -> None:
    response = await client.patch(f"/api/v1/accounts/{uuid7()}/owners/{uuid7()}")
    assert response.status_code == 401


async def test_missing_rows_for_hand_over(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.patch(f"/api/v1/accounts/{uuid7()}/owners/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_hand_over_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(owner=caller, keeper=caller)
    heir = await factory.member()
    response = await client.patch(
        f"/api/v1/accounts/{account.id}/owners/{heir.id}", headers=headers
    )
    assert response.status_code == 200
    shown = response.json()
    assert shown["closed_at"] is None
    async with database.session(read_only=True) as session:
        account_after = await session.get_one(Account, account.id)
        assert account_after.owner_id == heir.id
        told = (await session.scalars(select(OutboxEvent))).all()
        assert [event.name for event in told] == ["account.handed_over"]


async def test_hand_over_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(keeper=caller)
    heir = await factory.member()
    response = await client.patch(
        f"/api/v1/accounts/{account.id}/owners/{heir.id}", headers=headers
    )
    assert response.status_code == 403


async def test_hand_over_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(owner=caller, keeper=caller)
    response = await client.patch(
        f"/api/v1/accounts/{account.id}/owners/{caller.id}", headers=headers
    )
    assert response.status_code == 409
    assert response.json()["detail"] == "It is theirs already."


async def test_no_stranger_may_clear(client: AsyncClient) -> None:
    response = await client.delete(f"/api/v1/orders/{uuid7()}/order-items")
    assert response.status_code == 401


async def test_missing_rows_for_clear(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.delete(f"/api/v1/orders/{uuid7()}/order-items", headers=headers)
    assert response.status_code == 404


async def test_clear_works_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(member=caller)
    response = await client.delete(f"/api/v1/orders/{order.id}/order-items", headers=headers)
    assert response.status_code == 204


async def test_clear_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order()
    response = await client.delete(f"/api/v1/orders/{order.id}/order-items", headers=headers)
    assert response.status_code == 404


async def test_clear_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(state=OrderState.PAID, member=caller)
    response = await client.delete(f"/api/v1/orders/{order.id}/order-items", headers=headers)
    assert response.status_code == 409


async def test_clear_works_2(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    order = await factory.order(member=caller)
    order_item = await factory.order_item(order=order)
    response = await client.delete(f"/api/v1/orders/{order.id}/order-items", headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        assert await session.get(OrderItem, order_item.id) is None


async def test_no_stranger_may_restock(client: AsyncClient) -> None:
    response = await client.put(f"/api/v1/products/{uuid7()}/restock", json={"pieces": 1})
    assert response.status_code == 401


async def test_no_other_role_may_restock(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.MEMBER)
    headers = factory.auth(caller)
    response = await client.put(
        f"/api/v1/products/{uuid7()}/restock", json={"pieces": 1}, headers=headers
    )
    assert response.status_code == 403


async def test_missing_rows_for_restock(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.put(
        f"/api/v1/products/{uuid7()}/restock", json={"pieces": 1}, headers=headers
    )
    assert response.status_code == 404


async def test_unknown_members_for_restock(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.put(
        f"/api/v1/products/{uuid7()}/restock",
        json={"pieces": 1, "no_such_member": True},
        headers=headers,
    )
    assert response.status_code == 422


async def test_restock_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.put(
        f"/api/v1/products/{product.id}/restock", json={"pieces": 1}, headers=headers
    )
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        product_after = await session.get_one(Product, product.id)
        assert product_after.stock == 101


async def test_restock_is_done_once(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    product = await factory.product()
    headers["Idempotency-Key"] = "one-request"
    first = await client.put(
        f"/api/v1/products/{product.id}/restock", json={"pieces": 1}, headers=headers
    )
    response = await client.put(
        f"/api/v1/products/{product.id}/restock", json={"pieces": 1}, headers=headers
    )
    assert response.status_code == 200
    assert response.headers["Idempotent-Replayed"] == "true"
    assert response.json() == first.json()
    other = await client.put(
        f"/api/v1/products/{product.id}/restock", json={"no_such_member": True}, headers=headers
    )
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"
    async with database.session(read_only=True) as session:
        product_after = await session.get_one(Product, product.id)
        assert product_after.stock == 101


async def test_restock_takes_its_defaults(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.put(f"/api/v1/products/{product.id}/restock", json={}, headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        product_after = await session.get_one(Product, product.id)
        assert product_after.stock == 125


async def test_no_stranger_may_find_payer(client: AsyncClient) -> None:
    response = await client.get(
        f"/api/v1/accounts/{uuid7()}/payer",
        params={
            "least": "12.50",
            "reason": "gift",
            "open_only": True,
            "since": "2026-01-31T08:30:00Z",
        },
        headers={"X-Currency": "AAA", "X-Retry": "1", "X-SHOP": "Shop"},
    )
    assert response.status_code == 401


async def test_missing_rows_for_find_payer(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(
        f"/api/v1/accounts/{uuid7()}/payer",
        params={
            "least": "12.50",
            "reason": "gift",
            "open_only": True,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Currency": "AAA", "X-Retry": "1", "X-SHOP": "Shop"},
    )
    assert response.status_code == 404


async def test_unknown_parameters_for_find_payer(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(
        f"/api/v1/accounts/{uuid7()}/payer",
        params={
            "least": "12.50",
            "reason": "gift",
            "open_only": True,
            "since": "2026-01-31T08:30:00Z",
            "no_such_member": True,
        },
        headers=headers | {"X-Currency": "AAA", "X-Retry": "1", "X-SHOP": "Shop"},
    )
    assert response.status_code == 422


async def test_find_payer_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(keeper=caller)
    response = await client.get(
        f"/api/v1/accounts/{account.id}/payer",
        params={
            "least": "12.50",
            "reason": "gift",
            "open_only": True,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Currency": "AAA", "X-Retry": "1", "X-SHOP": "Shop"},
    )
    assert response.status_code == 403


async def test_find_payer_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(balance=Decimal(0), owner=caller, keeper=caller)
    response = await client.get(
        f"/api/v1/accounts/{account.id}/payer",
        params={
            "least": "12.50",
            "reason": "gift",
            "open_only": True,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Currency": "AAA", "X-Retry": "1", "X-SHOP": "Shop"},
    )
    assert response.status_code == 409
    assert response.json()["detail"] == "It holds less."


async def test_find_payer_is_refused_3(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(
        closed_at=datetime.fromisoformat("2026-01-31T08:30:00Z"), owner=caller, keeper=caller
    )
    response = await client.get(
        f"/api/v1/accounts/{account.id}/payer",
        params={
            "least": "12.50",
            "reason": "gift",
            "open_only": True,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Currency": "AAA", "X-Retry": "1", "X-SHOP": "Shop"},
    )
    assert response.status_code == 409
    assert response.json()["detail"] == "It is closed."


async def test_find_payer_works_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(owner=caller, keeper=caller)
    response = await client.get(
        f"/api/v1/accounts/{account.id}/payer",
        params={"least": "12.50", "reason": "gift", "open_only": True},
        headers=headers | {"X-Currency": "AAA", "X-Retry": "1", "X-SHOP": "Shop"},
    )
    assert response.status_code == 200
    shown = response.json()
    assert shown["closed_at"] is None


async def test_no_stranger_may_reserve(client: AsyncClient) -> None:
    response = await client.post(
        f"/api/v1/products/{uuid7()}/reserve/common/2026-01-31",
        json={"pieces": 1},
        params={"urgent": True},
        headers={"X-Source": "Source"},
    )
    assert response.status_code == 401


async def test_missing_rows_for_reserve(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/products/{uuid7()}/reserve/common/2026-01-31",
        json={"pieces": 1},
        params={"urgent": True},
        headers=headers | {"X-Source": "Source"},
    )
    assert response.status_code == 404


async def test_wrong_segments_for_reserve(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/products/{uuid7()}/reserve/no-such-value/2026-01-31",
        json={"pieces": 1},
        params={"urgent": True},
        headers=headers | {"X-Source": "Source"},
    )
    assert response.status_code == 422
    response = await client.post(
        f"/api/v1/products/{uuid7()}/reserve/common/no-such-value",
        json={"pieces": 1},
        params={"urgent": True},
        headers=headers | {"X-Source": "Source"},
    )
    assert response.status_code == 422


async def test_unknown_members_for_reserve(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/products/{uuid7()}/reserve/common/2026-01-31",
        json={"pieces": 1, "no_such_member": True},
        params={"urgent": True},
        headers=headers | {"X-Source": "Source"},
    )
    assert response.status_code == 422


async def test_unknown_parameters_for_reserve(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/products/{uuid7()}/reserve/common/2026-01-31",
        json={"pieces": 1},
        params={"urgent": True, "no_such_member": True},
        headers=headers | {"X-Source": "Source"},
    )
    assert response.status_code == 422


async def test_reserve_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.post(
        f"/api/v1/products/{product.id}/reserve/common/2026-01-31",
        json={"pieces": 1},
        params={"urgent": True},
        headers=headers | {"X-Source": "Source"},
    )
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        product_after = await session.get_one(Product, product.id)
        assert product_after.stock == 99


async def test_reserve_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product(stock=0)
    response = await client.post(
        f"/api/v1/products/{product.id}/reserve/common/2026-01-31",
        json={"pieces": 1},
        params={"urgent": True},
        headers=headers | {"X-Source": "Source"},
    )
    assert response.status_code == 409


async def test_reserve_is_done_once(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product()
    headers["Idempotency-Key"] = "one-request"
    first = await client.post(
        f"/api/v1/products/{product.id}/reserve/common/2026-01-31",
        json={"pieces": 1},
        params={"urgent": True},
        headers=headers | {"X-Source": "Source"},
    )
    response = await client.post(
        f"/api/v1/products/{product.id}/reserve/common/2026-01-31",
        json={"pieces": 1},
        params={"urgent": True},
        headers=headers | {"X-Source": "Source"},
    )
    assert response.status_code == 200
    assert response.headers["Idempotent-Replayed"] == "true"
    assert response.json() == first.json()
    other = await client.post(
        f"/api/v1/products/{product.id}/reserve/common/2026-01-31",
        json={"no_such_member": True},
        params={"urgent": True},
        headers=headers | {"X-Source": "Source"},
    )
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"
    async with database.session(read_only=True) as session:
        product_after = await session.get_one(Product, product.id)
        assert product_after.stock == 99


async def test_no_stranger_may_offer(client: AsyncClient) -> None:
    response = await client.get(
        f"/api/v1/products/{uuid7()}/offer",
        params={
            "pieces": 1,
            "most": "12.50",
            "tier": "common",
            "day": "2026-01-31",
            "since": "2026-01-31T08:30:00Z",
            "at": "08:30:00",
            "words": "Words",
        },
    )
    assert response.status_code == 401


async def test_missing_rows_for_offer(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(
        f"/api/v1/products/{uuid7()}/offer",
        params={
            "pieces": 1,
            "most": "12.50",
            "tier": "common",
            "day": "2026-01-31",
            "since": "2026-01-31T08:30:00Z",
            "at": "08:30:00",
            "words": "Words",
        },
        headers=headers,
    )
    assert response.status_code == 404


async def test_unknown_parameters_for_offer(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(
        f"/api/v1/products/{uuid7()}/offer",
        params={
            "pieces": 1,
            "most": "12.50",
            "tier": "common",
            "day": "2026-01-31",
            "since": "2026-01-31T08:30:00Z",
            "at": "08:30:00",
            "words": "Words",
            "no_such_member": True,
        },
        headers=headers,
    )
    assert response.status_code == 422


async def test_offer_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.get(
        f"/api/v1/products/{product.id}/offer",
        params={
            "pieces": 1,
            "most": "12.50",
            "tier": "common",
            "day": "2026-01-31",
            "since": "2026-01-31T08:30:00Z",
            "at": "08:30:00",
            "words": "Words",
        },
        headers=headers,
    )
    assert response.status_code == 422
    assert response.json()["detail"] == "There is no such offer."


async def test_offer_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product(stock=0)
    response = await client.get(
        f"/api/v1/products/{product.id}/offer",
        params={
            "pieces": 1,
            "most": "12.50",
            "tier": "common",
            "day": "2026-01-31",
            "since": "2026-01-31T08:30:00Z",
            "at": "08:30:00",
            "words": "Words",
        },
        headers=headers,
    )
    assert response.status_code == 409


async def test_offer_works_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.get(
        f"/api/v1/products/{product.id}/offer",
        params={
            "pieces": 1,
            "most": "12.50",
            "tier": "very rare",
            "day": "2026-01-31",
            "since": "2026-01-31T08:30:00Z",
            "at": "08:30:00",
            "words": "Words",
        },
        headers=headers,
    )
    assert response.status_code == 200


async def test_offer_takes_its_defaults(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.get(f"/api/v1/products/{product.id}/offer", headers=headers)
    assert response.status_code == 200


async def test_no_stranger_may_visit(client: AsyncClient) -> None:
    response = await client.get(
        f"/api/v1/products/{uuid7()}/visit",
        headers={
            "X-Shop": "Shop",
            "X-Discount": "1.00",
            "X-Opened": "2026-01-31",
            "X-Client": "0195c9a0-0000-7000-8000-000000000001",
            "X-Tier": "common",
            "X-Patience": "PT1H30M",
        },
    )
    assert response.status_code == 401


async def test_missing_rows_for_visit(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(
        f"/api/v1/products/{uuid7()}/visit",
        headers=headers
        | {
            "X-Shop": "Shop",
            "X-Discount": "1.00",
            "X-Opened": "2026-01-31",
            "X-Client": "0195c9a0-0000-7000-8000-000000000001",
            "X-Tier": "common",
            "X-Patience": "PT1H30M",
        },
    )
    assert response.status_code == 404


async def test_visit_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.get(
        f"/api/v1/products/{product.id}/visit",
        headers=headers
        | {
            "X-Shop": "Shop",
            "X-Discount": "1.00",
            "X-Opened": "2026-01-31",
            "X-Client": "0195c9a0-0000-7000-8000-000000000001",
            "X-Tier": "common",
            "X-Patience": "PT1H30M",
        },
    )
    assert response.status_code == 409


async def test_visit_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.get(
        f"/api/v1/products/{product.id}/visit",
        headers=headers
        | {
            "X-Shop": "Shop",
            "X-Discount": "0.00",
            "X-Opened": "2026-01-31",
            "X-Client": "0195c9a0-0000-7000-8000-000000000001",
            "X-Tier": "common",
            "X-Patience": "PT1H30M",
        },
    )
    assert response.status_code == 422
    assert response.json()["detail"] == "Nobody asks for that."


async def test_visit_works_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.get(
        f"/api/v1/products/{product.id}/visit",
        headers=headers
        | {
            "X-Shop": "Shop",
            "X-Discount": "0.00",
            "X-Opened": "2026-01-31",
            "X-Client": "0195c9a0-0000-7000-8000-000000000001",
            "X-Tier": "very rare",
            "X-Patience": "PT1H30M",
        },
    )
    assert response.status_code == 200


async def test_visit_takes_its_defaults(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.get(f"/api/v1/products/{product.id}/visit", headers=headers)
    assert response.status_code == 200


async def test_no_stranger_may_show_owner(client: AsyncClient) -> None:
    response = await client.get(f"/api/v1/accounts/{uuid7()}/owner")
    assert response.status_code == 401


async def test_missing_rows_for_show_owner(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/accounts/{uuid7()}/owner", headers=headers)
    assert response.status_code == 404


async def test_show_owner_works_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account()
    response = await client.get(f"/api/v1/accounts/{account.id}/owner", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["role"] == "member"


async def test_no_stranger_may_show_keeper(client: AsyncClient) -> None:
    response = await client.get(f"/api/v1/transfers/{uuid7()}/keeper")
    assert response.status_code == 401


async def test_missing_rows_for_show_keeper(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/transfers/{uuid7()}/keeper", headers=headers)
    assert response.status_code == 404


async def test_show_keeper_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    transfer = await factory.transfer()
    response = await client.get(f"/api/v1/transfers/{transfer.id}/keeper", headers=headers)
    assert response.status_code == 404


async def test_no_stranger_may_pass_on(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/accounts/{uuid7()}/heirs/{uuid7()}")
    assert response.status_code == 401


async def test_missing_rows_for_pass_on(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/accounts/{uuid7()}/heirs/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_pass_on_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(owner=caller, keeper=caller)
    heir = await factory.member()
    response = await client.post(f"/api/v1/accounts/{account.id}/heirs/{heir.id}", headers=headers)
    assert response.status_code == 201
    shown = response.json()
    assert shown["role"] == "member"
    async with database.session(read_only=True) as session:
        account_after = await session.get_one(Account, account.id)
        assert account_after.owner_id == heir.id
        told = (await session.scalars(select(OutboxEvent))).all()
        assert [event.name for event in told] == ["account.handed_over"]


async def test_pass_on_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(keeper=caller)
    heir = await factory.member()
    response = await client.post(f"/api/v1/accounts/{account.id}/heirs/{heir.id}", headers=headers)
    assert response.status_code == 403


async def test_pass_on_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(owner=caller, keeper=caller)
    response = await client.post(
        f"/api/v1/accounts/{account.id}/heirs/{caller.id}", headers=headers
    )
    assert response.status_code == 409
    assert response.json()["detail"] == "It is theirs already."


async def test_no_stranger_may_give_back(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/accounts/{uuid7()}/give-back")
    assert response.status_code == 401


async def test_missing_rows_for_give_back(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/accounts/{uuid7()}/give-back", headers=headers)
    assert response.status_code == 404


async def test_give_back_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(owner=caller, keeper=caller)
    response = await client.post(f"/api/v1/accounts/{account.id}/give-back", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["role"] == "member"
    async with database.session(read_only=True) as session:
        account_after = await session.get_one(Account, account.id)
        assert account_after.keeper_id is None


async def test_give_back_is_refused_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(keeper=caller)
    response = await client.post(f"/api/v1/accounts/{account.id}/give-back", headers=headers)
    assert response.status_code == 404


async def test_give_back_is_refused_2(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    account = await factory.account(owner=caller)
    response = await client.post(f"/api/v1/accounts/{account.id}/give-back", headers=headers)
    assert response.status_code == 409
    assert response.json()["detail"] == "Nobody had it before."


async def test_no_stranger_may_refill(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/products/{uuid7()}/refill", json={"urgent": True})
    assert response.status_code == 401


async def test_no_other_role_may_refill(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.MEMBER)
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/products/{uuid7()}/refill", json={"urgent": True}, headers=headers
    )
    assert response.status_code == 403


async def test_missing_rows_for_refill(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/products/{uuid7()}/refill", json={"urgent": True}, headers=headers
    )
    assert response.status_code == 404


async def test_unknown_members_for_refill(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/products/{uuid7()}/refill",
        json={"urgent": True, "no_such_member": True},
        headers=headers,
    )
    assert response.status_code == 422


async def test_refill_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.post(
        f"/api/v1/products/{product.id}/refill", json={"urgent": True}, headers=headers
    )
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        product_after = await session.get_one(Product, product.id)
        assert product_after.stock == 625


async def test_refill_takes_its_defaults(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    product = await factory.product()
    response = await client.post(f"/api/v1/products/{product.id}/refill", json={}, headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        product_after = await session.get_one(Product, product.id)
        assert product_after.stock == 125


async def test_wrong_segments_for_check_year(client: AsyncClient) -> None:
    response = await client.get("/api/v1/years/no-such-value")
    assert response.status_code == 422


async def test_check_year_is_refused_1(client: AsyncClient) -> None:
    response = await client.get("/api/v1/years/1970")
    assert response.status_code == 404
    assert response.json()["detail"] == "Nothing is kept of that year."
