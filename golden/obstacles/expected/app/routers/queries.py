"""Queries."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import QueryServiceDep, get_current_user
from app.schemas.query import QueryCreate, QueryListQuery, QueryPage, QueryRead, QueryUpdate

router = APIRouter(prefix="/queries", tags=["queries"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_queries(
    query: Annotated[QueryListQuery, Query()], queries: QueryServiceDep
) -> QueryPage:
    """List queries."""
    rows, total = await queries.list(query)
    return QueryPage(
        items=[QueryRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{query_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_query(query_row_id: UUID, queries: QueryServiceDep) -> QueryRead:
    """Return one query."""
    query_row = await queries.get(query_row_id)
    return QueryRead.model_validate(query_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_query(
    data: QueryCreate, queries: QueryServiceDep, response: Response
) -> QueryRead:
    """Create a query."""
    query_row = await queries.create(data)
    response.headers["Location"] = f"/api/v1/queries/{query_row.id}"
    return QueryRead.model_validate(query_row)


@router.patch(
    "/{query_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_query(
    query_row_id: UUID, data: QueryUpdate, queries: QueryServiceDep
) -> QueryRead:
    """Change a query."""
    query_row = await queries.update(query_row_id, data)
    return QueryRead.model_validate(query_row)


@router.delete(
    "/{query_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_query(query_row_id: UUID, queries: QueryServiceDep) -> None:
    """Delete a query."""
    await queries.delete(query_row_id)
