"""Dates."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import DateServiceDep, get_current_user
from app.schemas.date import DateCreate, DateListQuery, DatePage, DateRead, DateUpdate

router = APIRouter(prefix="/dates", tags=["dates"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_dates(query: Annotated[DateListQuery, Query()], dates: DateServiceDep) -> DatePage:
    """List dates."""
    rows, total = await dates.list(query)
    return DatePage(
        items=[DateRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{date_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_date(date_row_id: UUID, dates: DateServiceDep) -> DateRead:
    """Return one date."""
    date_row = await dates.get(date_row_id)
    return DateRead.model_validate(date_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_date(data: DateCreate, dates: DateServiceDep, response: Response) -> DateRead:
    """Create a date."""
    date_row = await dates.create(data)
    response.headers["Location"] = f"/api/v1/dates/{date_row.id}"
    return DateRead.model_validate(date_row)


@router.patch(
    "/{date_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_date(date_row_id: UUID, data: DateUpdate, dates: DateServiceDep) -> DateRead:
    """Change a date."""
    date_row = await dates.update(date_row_id, data)
    return DateRead.model_validate(date_row)


@router.delete(
    "/{date_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_date(date_row_id: UUID, dates: DateServiceDep) -> None:
    """Delete a date."""
    await dates.delete(date_row_id)
