"""Orders."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Member, Order, OrderStateChange
from app.repositories.order_repository import OrderRepository
from app.repositories.order_state_change_repository import OrderStateChangeRepository
from app.schemas.base import PageQuery
from app.schemas.order import OrderCreate, OrderListQuery, OrderUpdate


class OrderService:
    """Use cases of orders."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._orders = OrderRepository(session)
        self._order_state_changes = OrderStateChangeRepository(session)

    async def list(self, query: OrderListQuery, caller: Member) -> tuple[Sequence[Order], int]:
        """List orders."""
        return await self._orders.list(query, caller)

    async def get(self, order_id: UUID, caller: Member) -> Order:
        """Return one order, unless the caller may not know that it exists."""
        order = await self._orders.get(order_id)
        if order is None or not _may_read(order, caller):
            detail = "Order not found"
            raise NotFoundError(detail)
        return order

    async def state_history(
        self, order_id: UUID, query: PageQuery, caller: Member
    ) -> tuple[Sequence[OrderStateChange], int]:
        """List the changes of the state of an order, the first one first."""
        order = await self.get(order_id, caller)
        return await self._order_state_changes.list(order, query)

    async def create(self, data: OrderCreate, caller: Member) -> Order:
        """Create an order."""
        order = Order(note=data.note, member_id=caller.id)
        await self._orders.create(order)
        return order

    async def update(self, order_id: UUID, data: OrderUpdate, caller: Member) -> Order:
        """Change an order."""
        order = await self.get(order_id, caller)
        if data.note is not MISSING:
            order.note = data.note
        await self._orders.update(order)
        return order

    async def delete(self, order_id: UUID, caller: Member) -> None:
        """Delete an order."""
        order = await self.get(order_id, caller)
        await self._orders.delete(order)


def _may_read(order: Order, caller: Member) -> bool:
    return order.member_id == caller.id
