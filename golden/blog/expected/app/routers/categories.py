"""Categories."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import CategoryServiceDep, require_editor_or_admin
from app.schemas.category import (
    CategoryCreate,
    CategoryListQuery,
    CategoryPage,
    CategoryRead,
    CategoryUpdate,
)

router = APIRouter(prefix="/categories", tags=["categories"], responses=problems(422))


@router.get("")
async def list_categories(
    query: Annotated[CategoryListQuery, Query()], categories: CategoryServiceDep
) -> CategoryPage:
    """List categories."""
    rows, total = await categories.list(query)
    return CategoryPage(
        items=[CategoryRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{category_id:uuid}", responses=problems(404))
async def get_category(category_id: UUID, categories: CategoryServiceDep) -> CategoryRead:
    """Return one category."""
    category = await categories.get(category_id)
    return CategoryRead.model_validate(category)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(require_editor_or_admin)],
    responses=problems(400, 401, 403, 409),
)
async def create_category(
    data: CategoryCreate, categories: CategoryServiceDep, response: Response
) -> CategoryRead:
    """Create a category."""
    category = await categories.create(data)
    response.headers["Location"] = f"/api/v1/categories/{category.id}"
    return CategoryRead.model_validate(category)


@router.patch(
    "/{category_id:uuid}",
    dependencies=[Depends(require_editor_or_admin)],
    responses=problems(400, 401, 403, 404, 409),
)
async def update_category(
    category_id: UUID, data: CategoryUpdate, categories: CategoryServiceDep
) -> CategoryRead:
    """Change a category."""
    category = await categories.update(category_id, data)
    return CategoryRead.model_validate(category)


@router.delete(
    "/{category_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(require_editor_or_admin)],
    responses=problems(401, 403, 404, 409),
)
async def delete_category(category_id: UUID, categories: CategoryServiceDep) -> None:
    """Delete a category."""
    await categories.delete(category_id)
