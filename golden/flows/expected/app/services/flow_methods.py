"""Flows: steps over several entities."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from http import HTTPStatus
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.core.clock import utcnow, utctoday
from app.core.errors import (
    InvalidTransitionError,
    NotFoundError,
    PermissionDeniedError,
    RequirementError,
)
from app.models import Account, Member, Order, OrderItem, Product, Transfer
from app.models.enums import MemberRole, OrderState, Reason, Tier
from app.repositories.account_repository import AccountRepository
from app.repositories.member_repository import MemberRepository
from app.repositories.order_item_repository import OrderItemRepository
from app.repositories.order_repository import OrderRepository
from app.repositories.order_state_change_repository import OrderStateChangeRepository
from app.repositories.outbox_repository import OutboxRepository
from app.repositories.product_repository import ProductRepository
from app.repositories.transfer_repository import TransferRepository
from app.schemas.flow_events import AccountClosed, AccountHandedOver, MoneyMoved

_BOUND_9 = 9
_BOUND_10 = 10
_BOUND_500 = 500
_BOUND_1999 = 1999


class FlowMethods:
    """Flows: each is done as a whole, inside the transaction of the request, or not at all."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._session = session
        self._members = MemberRepository(session)
        self._accounts = AccountRepository(session)
        self._transfers = TransferRepository(session)
        self._products = ProductRepository(session)
        self._orders = OrderRepository(session)
        self._order_items = OrderItemRepository(session)
        self._order_state_changes = OrderStateChangeRepository(session)
        self._outbox = OutboxRepository(session)

    async def transfer(
        self,
        source_id: UUID,
        target_id: UUID,
        amount: Decimal,
        reason: Reason | None,
        caller: Member,
        *,
        urgent: bool,
    ) -> Transfer:
        """Transfer."""
        source = await self._accounts.get(source_id)
        if source is None:
            detail = "Account not found"
            raise NotFoundError(detail)
        target = await self._accounts.get(target_id)
        if target is None:
            detail = "Account not found"
            raise NotFoundError(detail)
        if source.owner_id != caller.id:
            detail = "Account not found"
            raise NotFoundError(detail)
        if source.id == target.id:
            detail = "An account can't pay itself."
            raise RequirementError(detail, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if source.id < target.id:
            await self._accounts.lock(source)
            await self._accounts.lock(target)
        else:
            await self._accounts.lock(target)
            await self._accounts.lock(source)
        if source.closed_at is not None or target.closed_at is not None:
            detail = "One of the accounts is closed."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if source.balance < amount:
            detail = f"{source.name} has only {source.balance}."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        source.balance -= amount
        target.balance += amount
        await self._accounts.update(source)
        await self._accounts.update(target)
        transfer = Transfer(
            amount=amount, reason=reason, urgent=urgent, source_id=source.id, target_id=target.id
        )
        await self._transfers.create(transfer)
        await self._outbox.add(
            "money.moved",
            MoneyMoved(transfer_id=transfer.id, amount=amount, reason=reason, urgent=urgent),
        )
        return transfer

    async def close_account(self, account_id: UUID, caller: Member) -> None:
        """Close account."""
        account = await self._accounts.get(account_id)
        if account is None:
            detail = "Account not found"
            raise NotFoundError(detail)
        await self._accounts.lock(account)
        if account.owner_id != caller.id and caller.role is not MemberRole.CLERK:
            detail = "You may not close account"
            raise PermissionDeniedError(detail)
        account_sent = await self._transfers.matching(Transfer.source_id == account.id)
        if account.balance != Decimal(0) and not any(entry.urgent for entry in account_sent):
            detail = "The account is not empty."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        account.closed_at = utcnow()
        await self._accounts.update(account)
        account_sent = await self._transfers.matching(Transfer.source_id == account.id)
        await self._outbox.add(
            "account.closed",
            AccountClosed(
                account_id=account.id, closed_at=account.closed_at, entries=len(account_sent)
            ),
        )

    async def hand_over(self, account_id: UUID, heir_id: UUID, caller: Member) -> Account:
        """Hand over."""
        account = await self._accounts.get(account_id)
        if account is None:
            detail = "Account not found"
            raise NotFoundError(detail)
        await self._session.refresh(account, ["owner"])
        heir = await self._members.get(heir_id)
        if heir is None:
            detail = "Member not found"
            raise NotFoundError(detail)
        await self._accounts.lock(account)
        await self._session.refresh(account, ["owner"])
        if account.owner_id != caller.id:
            detail = "You may not hand over"
            raise PermissionDeniedError(detail)
        if account.owner_id == heir.id:
            detail = "It is theirs already."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        account.keeper_id = account.owner_id
        account.owner_id = heir.id
        await self._accounts.update(account)
        await self._session.refresh(account, ["owner"])
        await self._outbox.add(
            "account.handed_over",
            AccountHandedOver(account_id=account.id, email=account.owner.email),
        )
        return account

    async def pay(self, order_id: UUID, caller: Member) -> Order:
        """Pay."""
        order = await self._orders.get(order_id)
        if order is None:
            detail = "Order not found"
            raise NotFoundError(detail)
        await self._orders.lock(order)
        if order.member_id != caller.id:
            detail = "Order not found"
            raise NotFoundError(detail)
        order_items = await self._order_items.matching(
            OrderItem.order_id == order.id, options=[selectinload(OrderItem.product)]
        )
        pieces = sum(item.quantity for item in order_items)
        if pieces <= 0:
            detail = "What it takes to pay does not hold"
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if not all(item.product.stock >= item.quantity for item in order_items):
            detail = f"There are not {pieces} pieces."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if order.state is not OrderState.OPEN:
            raise InvalidTransitionError(order.state, "pay")
        await self._order_state_changes.record(order, "pay", OrderState.PAID, caller)
        order.state = OrderState.PAID
        order.paid_at = utcnow()
        await self._orders.update(order)
        order_items = await self._order_items.matching(
            OrderItem.order_id == order.id, options=[selectinload(OrderItem.product)]
        )
        for item in sorted(order_items, key=lambda item: item.product.id):
            await self._products.lock(item.product)
            item.product.stock -= item.quantity
            await self._products.update(item.product)
        return order

    async def cancel(self, order_id: UUID, caller: Member) -> Order:
        """Cancel."""
        order = await self._orders.get(order_id)
        if order is None:
            detail = "Order not found"
            raise NotFoundError(detail)
        await self._orders.lock(order)
        if order.member_id != caller.id:
            detail = "Order not found"
            raise NotFoundError(detail)
        if order.paid_at is not None:
            order_items = await self._order_items.matching(
                OrderItem.order_id == order.id, options=[selectinload(OrderItem.product)]
            )
            for item in sorted(order_items, key=lambda item: item.product.id):
                await self.restock(item.product_id, item.quantity)
        if order.state not in {OrderState.OPEN, OrderState.PAID}:
            raise InvalidTransitionError(order.state, "cancel")
        await self._order_state_changes.record(order, "cancel", OrderState.CANCELLED, caller)
        order.state = OrderState.CANCELLED
        await self._orders.update(order)
        return order

    async def empty(self, order_id: UUID, caller: Member) -> None:
        """Empty."""
        order = await self._orders.get(order_id)
        if order is None:
            detail = "Order not found"
            raise NotFoundError(detail)
        if order.member_id != caller.id:
            detail = "Order not found"
            raise NotFoundError(detail)
        if order.state is not OrderState.OPEN:
            detail = "What it takes to empty does not hold"
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        order_items = await self._order_items.matching(OrderItem.order_id == order.id)
        for item in order_items:
            await self._order_items.delete(item)

    async def find_payer(
        self,
        account_id: UUID,
        least: Decimal,
        reason: Reason | None,
        since: datetime | None,
        currency: str,
        retry: int | None,
        shop: str | None,
        caller: Member,
        *,
        open_only: bool,
    ) -> Account:
        """Find payer."""
        account = await self._accounts.get(account_id)
        if account is None:
            detail = "Account not found"
            raise NotFoundError(detail)
        if account.owner_id != caller.id and caller.role is not MemberRole.CLERK:
            detail = "You may not find payer"
            raise PermissionDeniedError(detail)
        if account.balance < least:
            detail = "It holds less."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if open_only and account.closed_at is not None:
            detail = "It is closed."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if since is not None and account.created_at < since:
            detail = "It is older."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if currency == "XXX" or (retry is not None and retry == _BOUND_9):
            detail = "Nobody asks for that."
            raise RequirementError(detail, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if shop is not None and shop == "none" and (reason is None or reason is not Reason.DEBT):
            detail = "Nobody asks there."
            raise RequirementError(detail, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return account

    async def reserve(
        self, product_id: UUID, pieces: int, tier: Tier, until: date, source: str, *, urgent: bool
    ) -> Product:
        """Reserve."""
        product = await self._products.get(product_id)
        if product is None:
            detail = "Product not found"
            raise NotFoundError(detail)
        await self._products.lock(product)
        if product.stock < pieces:
            detail = "What it takes to reserve does not hold"
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if not urgent and until <= utctoday():
            detail = "The day is over."
            raise RequirementError(detail, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if tier is Tier.VERY_RARE and pieces >= _BOUND_10:
            detail = "These are rare."
            raise RequirementError(detail, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if source == "nobody":
            detail = "You may not reserve"
            raise PermissionDeniedError(detail)
        product.stock -= pieces
        await self._products.update(product)
        return product

    async def offer(
        self,
        product_id: UUID,
        pieces: int,
        most: Decimal,
        tier: Tier,
        day: date,
        since: datetime,
        at: time,
        words: str,
    ) -> Product:
        """Offer."""
        product = await self._products.get(product_id)
        if product is None:
            detail = "Product not found"
            raise NotFoundError(detail)
        if product.stock < pieces or words == "nothing":
            detail = "What it takes to offer does not hold"
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if (
            most < Decimal(5)
            or tier is Tier.COMMON
            or (
                pieces >= _BOUND_500
                and since >= utcnow()
                and at >= time.fromisoformat("00:00:01")
                and day >= utctoday()
            )
        ):
            detail = "There is no such offer."
            raise RequirementError(detail, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return product

    async def visit(
        self,
        product_id: UUID,
        shop: str,
        discount: Decimal,
        opened: date,
        client: UUID,
        tier: Tier,
        patience: timedelta,
    ) -> Product:
        """Visit."""
        product = await self._products.get(product_id)
        if product is None:
            detail = "Product not found"
            raise NotFoundError(detail)
        if discount >= Decimal("0.75") or (
            shop == "closed" and opened >= utctoday() and patience <= timedelta(seconds=1)
        ):
            detail = "What it takes to visit does not hold"
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if tier is Tier.COMMON or (
            shop == "none" and client == UUID("018f4d4e-0000-7000-8000-000000000002")
        ):
            detail = "Nobody asks for that."
            raise RequirementError(detail, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return product

    async def show_owner(self, account_id: UUID) -> Member:
        """Show owner."""
        account = await self._accounts.get(account_id)
        if account is None:
            detail = "Account not found"
            raise NotFoundError(detail)
        await self._session.refresh(account, ["owner"])
        return account.owner

    async def show_keeper(self, transfer_id: UUID) -> Member:
        """Show keeper."""
        transfer = await self._transfers.get(transfer_id)
        if transfer is None:
            detail = "Transfer not found"
            raise NotFoundError(detail)
        await self._session.refresh(transfer, ["source"])
        await self._session.refresh(transfer.source, ["keeper"])
        if transfer.source.keeper is None or transfer.source.closed_at is not None:
            detail = "Transfer not found"
            raise NotFoundError(detail)
        return transfer.source.keeper

    async def pass_on(self, account_id: UUID, heir_id: UUID, caller: Member) -> Member:
        """Pass on."""
        account = await self._accounts.get(account_id)
        if account is None:
            detail = "Account not found"
            raise NotFoundError(detail)
        heir = await self._members.get(heir_id)
        if heir is None:
            detail = "Member not found"
            raise NotFoundError(detail)
        given = await self.hand_over(account.id, heir.id, caller)
        await self._session.refresh(given, ["owner"])
        return given.owner

    async def give_back(self, account_id: UUID, caller: Member) -> Member:
        """Give back."""
        account = await self._accounts.get(account_id)
        if account is None:
            detail = "Account not found"
            raise NotFoundError(detail)
        await self._session.refresh(account, ["owner"])
        await self._accounts.lock(account)
        await self._session.refresh(account, ["owner"])
        if account.owner_id != caller.id:
            detail = "Account not found"
            raise NotFoundError(detail)
        if account.keeper_id is None:
            detail = "Nobody had it before."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        account.owner_id = account.keeper_id
        account.keeper_id = None
        await self._accounts.update(account)
        await self._session.refresh(account, ["owner"])
        return account.owner

    async def refill(self, product_id: UUID, *, urgent: bool) -> Product:
        """Refill."""
        product = await self._products.get(product_id)
        if product is None:
            detail = "Product not found"
            raise NotFoundError(detail)
        await self.restock(product.id, 25)
        if urgent:
            await self.restock(product.id, 500)
        return product

    async def check_year(self, year: int) -> None:
        """Check year."""
        if year <= _BOUND_1999:
            detail = "Nothing is kept of that year."
            raise NotFoundError(detail)

    async def restock(self, product_id: UUID, pieces: int) -> Product:
        """Restock."""
        product = await self._products.get(product_id)
        if product is None:
            detail = "Product not found"
            raise NotFoundError(detail)
        await self._products.lock(product)
        product.stock += pieces
        await self._products.update(product)
        return product
