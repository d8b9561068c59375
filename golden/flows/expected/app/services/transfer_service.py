"""Transfers."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Transfer
from app.repositories.transfer_repository import TransferRepository
from app.schemas.transfer import TransferListQuery


class TransferService:
    """Use cases of transfers."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._transfers = TransferRepository(session)

    async def list(self, query: TransferListQuery) -> tuple[Sequence[Transfer], int]:
        """List transfers."""
        return await self._transfers.list(query)

    async def get(self, transfer_id: UUID) -> Transfer:
        """Return one transfer."""
        transfer = await self._transfers.get(transfer_id)
        if transfer is None:
            detail = "Transfer not found"
            raise NotFoundError(detail)
        return transfer
