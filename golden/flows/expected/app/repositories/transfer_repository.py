"""Queries on transfers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Transfer
from app.repositories.base import Repository
from app.schemas.transfer import TransferListQuery, TransferSort

_ORDERS: dict[TransferSort, UnaryExpression[Any]] = {
    TransferSort.CREATED_AT: Transfer.created_at.asc(),
    TransferSort.CREATED_AT_DESC: Transfer.created_at.desc(),
}


class TransferRepository(Repository[Transfer]):
    """Transfers."""

    model = Transfer

    async def get(self, transfer_id: UUID) -> Transfer | None:
        """Return the transfer with this key, if there is one."""
        return await self.session.scalar(self.select().where(Transfer.id == transfer_id))

    async def list(self, query: TransferListQuery) -> tuple[Sequence[Transfer], int]:
        """Return one page of the transfers."""
        statement = self.select().order_by(_ORDERS[query.sort], Transfer.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
