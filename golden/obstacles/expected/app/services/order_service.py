"""Orders."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow
from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import IndexEntity, Order, User
from app.repositories.group_repository import GroupRepository
from app.repositories.index_repository import IndexRepository
from app.repositories.order_repository import OrderRepository
from app.repositories.table_repository import TableRepository
from app.schemas.order import OrderCreate, OrderListQuery, OrderUpdate


class OrderService:
    """Use cases of orders."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._orders = OrderRepository(session)
        self._groups = GroupRepository(session)
        self._tables = TableRepository(session)
        self._indices = IndexRepository(session)

    async def list(self, query: OrderListQuery) -> tuple[Sequence[Order], int]:
        """List orders."""
        return await self._orders.list(query)

    async def get(self, order_id: UUID) -> Order:
        """Return one order."""
        order = await self._orders.get(order_id)
        if order is None:
            detail = "Order not found"
            raise NotFoundError(detail)
        return order

    async def create(self, data: OrderCreate, caller: User) -> Order:
        """Create an order."""
        await self._check_group(data.group_id)
        await self._check_from(data.from_id)
        order = Order(
            order=data.order,
            desc=data.desc,
            user_id=caller.id,
            group_id=data.group_id,
            from_id=data.from_id,
            select=list(await self._find_select(data.select_ids)),
        )
        await self._orders.create(order)
        return order

    async def update(self, order_id: UUID, data: OrderUpdate) -> Order:
        """Change an order."""
        order = await self.get(order_id)
        if data.order is not MISSING:
            order.order = data.order
        if data.desc is not MISSING:
            order.desc = data.desc
        if data.group_id is not MISSING:
            await self._check_group(data.group_id)
            order.group_id = data.group_id
        if data.from_id is not MISSING:
            await self._check_from(data.from_id)
            order.from_id = data.from_id
        if data.select_ids is not MISSING:
            order.select = list(await self._find_select(data.select_ids))
            order.updated_at = utcnow()
        await self._orders.update(order)
        return order

    async def delete(self, order_id: UUID) -> None:
        """Delete an order."""
        order = await self.get(order_id)
        await self._orders.delete(order)

    async def _check_group(self, group_id: UUID | None) -> None:
        if group_id is not None and await self._groups.get(group_id) is None:
            detail = "Group not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/group_id", "No such group", "reference")]
            )

    async def _check_from(self, from_id: UUID | None) -> None:
        if from_id is not None and await self._tables.get(from_id) is None:
            detail = "Table not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/from_id", "No such table", "reference")]
            )

    async def _find_select(self, select_ids: Sequence[UUID]) -> Sequence[IndexEntity]:
        found = {index_.id: index_ for index_ in await self._indices.get_many(select_ids)}
        errors = [
            FieldError(f"/select_ids/{index}", "No such index", "reference")
            for index, key in enumerate(select_ids)
            if key not in found
        ]
        if errors:
            detail = "Some indices do not exist"
            raise RuleViolationError(detail, errors=errors)
        return sorted(found.values(), key=lambda index_: index_.id)
