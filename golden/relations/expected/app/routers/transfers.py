"""Transfers."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.limited_route import LimitedRoute
from app.core.problems import problems
from app.dependencies import TransferServiceDep
from app.schemas.transfer import (
    TransferCreate,
    TransferListQuery,
    TransferPage,
    TransferRead,
    TransferUpdate,
)

router = APIRouter(
    prefix="/transfers", tags=["transfers"], responses=problems(422), route_class=LimitedRoute
)


@router.get("", responses=problems(429))
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


@router.get("/{transfer_id:uuid}", responses=problems(404, 429))
async def get_transfer(transfer_id: UUID, transfers: TransferServiceDep) -> TransferRead:
    """Return one transfer."""
    transfer = await transfers.get(transfer_id)
    return TransferRead.model_validate(transfer)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409, 429))
async def create_transfer(
    data: TransferCreate, transfers: TransferServiceDep, response: Response
) -> TransferRead:
    """Create a transfer."""
    transfer = await transfers.create(data)
    response.headers["Location"] = f"/api/v1/transfers/{transfer.id}"
    return TransferRead.model_validate(transfer)


@router.patch("/{transfer_id:uuid}", responses=problems(400, 404, 409, 429))
async def update_transfer(
    transfer_id: UUID, data: TransferUpdate, transfers: TransferServiceDep
) -> TransferRead:
    """Change a transfer."""
    transfer = await transfers.update(transfer_id, data)
    return TransferRead.model_validate(transfer)


@router.delete(
    "/{transfer_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404, 429)
)
async def delete_transfer(transfer_id: UUID, transfers: TransferServiceDep) -> None:
    """Delete a transfer."""
    await transfers.delete(transfer_id)
