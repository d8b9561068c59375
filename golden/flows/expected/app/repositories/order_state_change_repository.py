"""Queries on changes of the state of orders."""

from collections.abc import Sequence

from app.models import Member, Order, OrderStateChange
from app.models.enums import OrderState
from app.repositories.base import Repository
from app.schemas.base import PageQuery


class OrderStateChangeRepository(Repository[OrderStateChange]):
    """Changes of the state of orders."""

    model = OrderStateChange

    async def record(
        self, order: Order, transition: str, to_state: OrderState, caller: Member
    ) -> None:
        """Keep a change of the state that is about to be made."""
        await self.create(
            OrderStateChange(
                order_id=order.id,
                transition=transition,
                from_state=order.state.value,
                to_state=to_state.value,
                changed_by_id=caller.id,
            )
        )

    async def list(self, order: Order, query: PageQuery) -> tuple[Sequence[OrderStateChange], int]:
        """Return one page of the changes of the state of one order, the first one first."""
        statement = (
            self.select()
            .where(OrderStateChange.order_id == order.id)
            .order_by(OrderStateChange.changed_at, OrderStateChange.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)
