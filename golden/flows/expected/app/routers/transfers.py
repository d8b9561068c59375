"""Transfers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from app.core.problems import problems
from app.dependencies import TransferServiceDep, require_clerk
from app.schemas.transfer import TransferListQuery, TransferPage, TransferRead

router = APIRouter(prefix="/transfers", tags=["transfers"], responses=problems(422))


@router.get("", dependencies=[Depends(require_clerk)], responses=problems(401, 403))
async def list_transfers(
    query: Annotated[TransferListQuery, Query()], transfers: TransferServiceDep
) -> TransferPage:
    """List transfers."""
    rows, total = await transfers.list(query)
    return TransferPage(
        items=[TransferRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{transfer_id:uuid}", dependencies=[Depends(require_clerk)], responses=problems(401, 403, 404)
)
async def get_transfer(transfer_id: UUID, transfers: TransferServiceDep) -> TransferRead:
    """Return one transfer."""
    transfer = await transfers.get(transfer_id)
    return TransferRead.model_validate(transfer)
