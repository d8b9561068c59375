"""Charges."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import ChargeServiceDep
from app.schemas.charge import ChargeCreate, ChargeListQuery, ChargePage, ChargeRead, ChargeUpdate

router = APIRouter(prefix="/charges", tags=["charges"], responses=problems(422))


@router.get("")
async def list_charges(
    query: Annotated[ChargeListQuery, Query()], charges: ChargeServiceDep
) -> ChargePage:
    """List charges."""
    rows, total = await charges.list(query)
    return ChargePage(
        items=[ChargeRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{charge_id:uuid}", responses=problems(404))
async def get_charge(charge_id: UUID, charges: ChargeServiceDep) -> ChargeRead:
    """Return one charge."""
    charge = await charges.get(charge_id)
    return ChargeRead.model_validate(charge)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
async def create_charge(
    data: ChargeCreate, charges: ChargeServiceDep, response: Response
) -> ChargeRead:
    """Create a charge."""
    charge = await charges.create(data)
    response.headers["Location"] = f"/api/v1/charges/{charge.id}"
    return ChargeRead.model_validate(charge)


@router.patch("/{charge_id:uuid}", responses=problems(400, 404, 409))
async def update_charge(
    charge_id: UUID, data: ChargeUpdate, charges: ChargeServiceDep
) -> ChargeRead:
    """Change a charge."""
    charge = await charges.update(charge_id, data)
    return ChargeRead.model_validate(charge)


@router.delete("/{charge_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_charge(charge_id: UUID, charges: ChargeServiceDep) -> None:
    """Delete a charge."""
    await charges.delete(charge_id)
