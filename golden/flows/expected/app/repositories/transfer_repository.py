"""Queries on transfers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.core.errors import Invariant, InvariantError
from app.models import Account, Transfer
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

    async def create(self, entity: Transfer) -> None:
        """Insert ``entity`` now, if its invariants allow it."""
        await super().create(entity)
        await self._require_only_from_open_accounts(entity)

    async def _require_only_from_open_accounts(self, transfer: Transfer) -> None:
        source = await self.hold(Account, transfer.source_id)
        if source.closed_at is not None:
            invariant = Invariant("only_from_open_accounts", "Only from open accounts.")
            raise InvariantError(invariant, pointers=["/source_id"])
