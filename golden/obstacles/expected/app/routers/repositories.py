"""Repositories."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import RepositoryServiceDep, get_current_user
from app.schemas.repository import (
    RepositoryCreate,
    RepositoryListQuery,
    RepositoryPage,
    RepositoryRead,
    RepositoryUpdate,
)

router = APIRouter(prefix="/repositories", tags=["repositories"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_repositories(
    query: Annotated[RepositoryListQuery, Query()], repositories: RepositoryServiceDep
) -> RepositoryPage:
    """List repositories."""
    rows, total = await repositories.list(query)
    return RepositoryPage(
        items=[RepositoryRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{repository_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_repository(repository_id: UUID, repositories: RepositoryServiceDep) -> RepositoryRead:
    """Return one repository."""
    repository = await repositories.get(repository_id)
    return RepositoryRead.model_validate(repository)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_repository(
    data: RepositoryCreate, repositories: RepositoryServiceDep, response: Response
) -> RepositoryRead:
    """Create a repository."""
    repository = await repositories.create(data)
    response.headers["Location"] = f"/api/v1/repositories/{repository.id}"
    return RepositoryRead.model_validate(repository)


@router.patch(
    "/{repository_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_repository(
    repository_id: UUID, data: RepositoryUpdate, repositories: RepositoryServiceDep
) -> RepositoryRead:
    """Change a repository."""
    repository = await repositories.update(repository_id, data)
    return RepositoryRead.model_validate(repository)


@router.delete(
    "/{repository_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_repository(repository_id: UUID, repositories: RepositoryServiceDep) -> None:
    """Delete a repository."""
    await repositories.delete(repository_id)
