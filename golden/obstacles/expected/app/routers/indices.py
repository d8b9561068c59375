"""Indices."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import IndexServiceDep, get_current_user
from app.schemas.index import IndexCreate, IndexListQuery, IndexPage, IndexRead, IndexUpdate

router = APIRouter(prefix="/indices", tags=["indices"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_indices(
    query: Annotated[IndexListQuery, Query()], indices: IndexServiceDep
) -> IndexPage:
    """List indices."""
    rows, total = await indices.list(query)
    return IndexPage(
        items=[IndexRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{index_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_index(index_id: UUID, indices: IndexServiceDep) -> IndexRead:
    """Return one index."""
    index_ = await indices.get(index_id)
    return IndexRead.model_validate(index_)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_index(
    data: IndexCreate, indices: IndexServiceDep, response: Response
) -> IndexRead:
    """Create an index."""
    index_ = await indices.create(data)
    response.headers["Location"] = f"/api/v1/indices/{index_.id}"
    return IndexRead.model_validate(index_)


@router.patch(
    "/{index_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_index(index_id: UUID, data: IndexUpdate, indices: IndexServiceDep) -> IndexRead:
    """Change an index."""
    index_ = await indices.update(index_id, data)
    return IndexRead.model_validate(index_)


@router.delete(
    "/{index_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_index(index_id: UUID, indices: IndexServiceDep) -> None:
    """Delete an index."""
    await indices.delete(index_id)
