"""Comments."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CommentServiceDep, CurrentUserDep, OptionalUserDep
from app.schemas.comment import (
    CommentCreate,
    CommentListQuery,
    CommentPage,
    CommentRead,
    CommentUpdate,
)

router = APIRouter(
    prefix="/posts/{post_id:uuid}/comments", tags=["comments"], responses=problems(422)
)


@router.get("", responses=problems(401, 404))
async def list_comments(
    post_id: UUID,
    query: Annotated[CommentListQuery, Query()],
    comments: CommentServiceDep,
    caller: OptionalUserDep,
) -> CommentPage:
    """List comments."""
    rows, total = await comments.list(post_id, query, caller)
    return CommentPage(
        items=[CommentRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 404, 409))
async def create_comment(
    post_id: UUID,
    data: CommentCreate,
    comments: CommentServiceDep,
    caller: CurrentUserDep,
    response: Response,
) -> CommentRead:
    """Create a comment."""
    comment = await comments.create(post_id, data, caller)
    response.headers["Location"] = f"/api/v1/posts/{post_id}/comments/{comment.id}"
    return CommentRead.model_validate(comment)


@router.patch("/{comment_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_comment(
    post_id: UUID,
    comment_id: UUID,
    data: CommentUpdate,
    comments: CommentServiceDep,
    caller: CurrentUserDep,
) -> CommentRead:
    """Change a comment."""
    comment = await comments.update(post_id, comment_id, data, caller)
    return CommentRead.model_validate(comment)


@router.delete(
    "/{comment_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_comment(
    post_id: UUID, comment_id: UUID, comments: CommentServiceDep, caller: CurrentUserDep
) -> None:
    """Delete a comment."""
    await comments.delete(post_id, comment_id, caller)
