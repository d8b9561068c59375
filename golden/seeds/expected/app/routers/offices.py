"""Offices."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import OfficeServiceDep, get_current_user
from app.schemas.office import OfficeCreate, OfficeListQuery, OfficePage, OfficeRead, OfficeUpdate

router = APIRouter(prefix="/offices", tags=["offices"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_offices(
    query: Annotated[OfficeListQuery, Query()], offices: OfficeServiceDep
) -> OfficePage:
    """List offices."""
    rows, total = await offices.list(query)
    return OfficePage(
        items=[OfficeRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{office_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_office(office_id: UUID, offices: OfficeServiceDep) -> OfficeRead:
    """Return one office."""
    office = await offices.get(office_id)
    return OfficeRead.model_validate(office)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_office(
    data: OfficeCreate, offices: OfficeServiceDep, response: Response
) -> OfficeRead:
    """Create an office."""
    office = await offices.create(data)
    response.headers["Location"] = f"/api/v1/offices/{office.id}"
    return OfficeRead.model_validate(office)


@router.patch(
    "/{office_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_office(
    office_id: UUID, data: OfficeUpdate, offices: OfficeServiceDep
) -> OfficeRead:
    """Change an office."""
    office = await offices.update(office_id, data)
    return OfficeRead.model_validate(office)


@router.delete(
    "/{office_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_office(office_id: UUID, offices: OfficeServiceDep) -> None:
    """Delete an office."""
    await offices.delete(office_id)
