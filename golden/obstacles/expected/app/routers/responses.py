"""Responses."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import ResponseServiceDep, get_current_user
from app.schemas.response import (
    ResponseCreate,
    ResponseListQuery,
    ResponsePage,
    ResponseRead,
    ResponseUpdate,
)

router = APIRouter(prefix="/responses", tags=["responses"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_responses(
    query: Annotated[ResponseListQuery, Query()], responses: ResponseServiceDep
) -> ResponsePage:
    """List responses."""
    rows, total = await responses.list(query)
    return ResponsePage(
        items=[ResponseRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{response_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def get_response(response_row_id: UUID, responses: ResponseServiceDep) -> ResponseRead:
    """Return one response."""
    response_row = await responses.get(response_row_id)
    return ResponseRead.model_validate(response_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_response(
    data: ResponseCreate, responses: ResponseServiceDep, response: Response
) -> ResponseRead:
    """Create a response."""
    response_row = await responses.create(data)
    response.headers["Location"] = f"/api/v1/responses/{response_row.id}"
    return ResponseRead.model_validate(response_row)


@router.patch(
    "/{response_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_response(
    response_row_id: UUID, data: ResponseUpdate, responses: ResponseServiceDep
) -> ResponseRead:
    """Change a response."""
    response_row = await responses.update(response_row_id, data)
    return ResponseRead.model_validate(response_row)


@router.delete(
    "/{response_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_response(response_row_id: UUID, responses: ResponseServiceDep) -> None:
    """Delete a response."""
    await responses.delete(response_row_id)
