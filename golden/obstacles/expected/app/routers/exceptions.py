"""Exceptions."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import ExceptionServiceDep, get_current_user
from app.schemas.exception import (
    ExceptionCreate,
    ExceptionListQuery,
    ExceptionPage,
    ExceptionRead,
    ExceptionUpdate,
)

router = APIRouter(prefix="/exceptions", tags=["exceptions"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_exceptions(
    query: Annotated[ExceptionListQuery, Query()], exceptions: ExceptionServiceDep
) -> ExceptionPage:
    """List exceptions."""
    rows, total = await exceptions.list(query)
    return ExceptionPage(
        items=[ExceptionRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{exception_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_exception(exception_id: UUID, exceptions: ExceptionServiceDep) -> ExceptionRead:
    """Return one exception."""
    exception = await exceptions.get(exception_id)
    return ExceptionRead.model_validate(exception)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_exception(
    data: ExceptionCreate, exceptions: ExceptionServiceDep, response: Response
) -> ExceptionRead:
    """Create an exception."""
    exception = await exceptions.create(data)
    response.headers["Location"] = f"/api/v1/exceptions/{exception.id}"
    return ExceptionRead.model_validate(exception)


@router.patch(
    "/{exception_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_exception(
    exception_id: UUID, data: ExceptionUpdate, exceptions: ExceptionServiceDep
) -> ExceptionRead:
    """Change an exception."""
    exception = await exceptions.update(exception_id, data)
    return ExceptionRead.model_validate(exception)


@router.delete(
    "/{exception_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_exception(exception_id: UUID, exceptions: ExceptionServiceDep) -> None:
    """Delete an exception."""
    await exceptions.delete(exception_id)
