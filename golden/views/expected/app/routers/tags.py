"""Tags."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import TagServiceDep, require_admin
from app.schemas.tag import TagCreate, TagListQuery, TagPage, TagUpdate
from app.schemas.views import TagLabel, TagTree

router = APIRouter(prefix="/tags", tags=["tags"], responses=problems(422))


@router.get("")
async def list_tags(query: Annotated[TagListQuery, Query()], tags: TagServiceDep) -> TagPage:
    """List tags."""
    rows, total = await tags.list(query)
    return TagPage(
        items=[TagLabel.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{tag_row_id:uuid}", responses=problems(404))
async def get_tag(tag_row_id: UUID, tags: TagServiceDep) -> TagTree:
    """Return one tag."""
    tag_row = await tags.show(tag_row_id)
    return TagTree.model_validate(tag_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(require_admin)],
    responses=problems(400, 401, 403, 409),
)
async def create_tag(data: TagCreate, tags: TagServiceDep, response: Response) -> TagLabel:
    """Create a tag."""
    tag_row = await tags.create(data)
    response.headers["Location"] = f"/api/v1/tags/{tag_row.id}"
    return TagLabel.model_validate(tag_row)


@router.patch(
    "/{tag_row_id:uuid}",
    dependencies=[Depends(require_admin)],
    responses=problems(400, 401, 403, 404, 409),
)
async def update_tag(tag_row_id: UUID, data: TagUpdate, tags: TagServiceDep) -> TagTree:
    """Change a tag."""
    tag_row = await tags.update(tag_row_id, data)
    return TagTree.model_validate(tag_row)


@router.delete(
    "/{tag_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(require_admin)],
    responses=problems(401, 403, 404),
)
async def delete_tag(tag_row_id: UUID, tags: TagServiceDep) -> None:
    """Delete a tag."""
    await tags.delete(tag_row_id)
