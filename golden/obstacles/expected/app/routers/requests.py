"""Requests."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import RequestServiceDep, get_current_user
from app.schemas.request import (
    RequestCreate,
    RequestListQuery,
    RequestPage,
    RequestRead,
    RequestUpdate,
)

router = APIRouter(prefix="/requests", tags=["requests"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_requests(
    query: Annotated[RequestListQuery, Query()], requests: RequestServiceDep
) -> RequestPage:
    """List requests."""
    rows, total = await requests.list(query)
    return RequestPage(
        items=[RequestRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{request_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_request(request_row_id: UUID, requests: RequestServiceDep) -> RequestRead:
    """Return one request."""
    request_row = await requests.get(request_row_id)
    return RequestRead.model_validate(request_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_request(
    data: RequestCreate, requests: RequestServiceDep, response: Response
) -> RequestRead:
    """Create a request."""
    request_row = await requests.create(data)
    response.headers["Location"] = f"/api/v1/requests/{request_row.id}"
    return RequestRead.model_validate(request_row)


@router.patch(
    "/{request_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_request(
    request_row_id: UUID, data: RequestUpdate, requests: RequestServiceDep
) -> RequestRead:
    """Change a request."""
    request_row = await requests.update(request_row_id, data)
    return RequestRead.model_validate(request_row)


@router.delete(
    "/{request_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_request(request_row_id: UUID, requests: RequestServiceDep) -> None:
    """Delete a request."""
    await requests.delete(request_row_id)
