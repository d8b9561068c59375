"""Posts."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import AdminDep, CurrentUserDep, OptionalUserDep, PostServiceDep
from app.schemas.post import PostCreate, PostListQuery, PostPage, PostRead, PostUpdate

router = APIRouter(prefix="/posts", tags=["posts"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_posts(
    query: Annotated[PostListQuery, Query()], posts: PostServiceDep, caller: OptionalUserDep
) -> PostPage:
    """List posts."""
    rows, total = await posts.list(query, caller)
    return PostPage(
        items=[PostRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{post_id:uuid}", responses=problems(401, 404))
async def get_post(post_id: UUID, posts: PostServiceDep, caller: OptionalUserDep) -> PostRead:
    """Return one post."""
    post = await posts.get(post_id, caller)
    return PostRead.model_validate(post)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def create_post(
    data: PostCreate, posts: PostServiceDep, caller: CurrentUserDep, response: Response
) -> PostRead:
    """Create a post."""
    post = await posts.create(data, caller)
    response.headers["Location"] = f"/api/v1/posts/{post.id}"
    return PostRead.model_validate(post)


@router.patch("/{post_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_post(
    post_id: UUID, data: PostUpdate, posts: PostServiceDep, caller: CurrentUserDep
) -> PostRead:
    """Change a post."""
    post = await posts.update(post_id, data, caller)
    return PostRead.model_validate(post)


@router.delete(
    "/{post_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_post(post_id: UUID, posts: PostServiceDep, caller: CurrentUserDep) -> None:
    """Delete a post."""
    await posts.delete(post_id, caller)


@router.post("/{post_id:uuid}/publish", responses=problems(401, 403, 404, 409))
async def publish_post(post_id: UUID, posts: PostServiceDep, caller: CurrentUserDep) -> PostRead:
    """Publish a post."""
    post = await posts.publish(post_id, caller)
    return PostRead.model_validate(post)


@router.post("/{post_id:uuid}/archive", responses=problems(401, 403, 404, 409))
async def archive_post(post_id: UUID, posts: PostServiceDep, caller: CurrentUserDep) -> PostRead:
    """Archive a post."""
    post = await posts.archive(post_id, caller)
    return PostRead.model_validate(post)


@router.post("/{post_id:uuid}/reopen", responses=problems(401, 403, 404, 409))
async def reopen_post(post_id: UUID, posts: PostServiceDep, caller: AdminDep) -> PostRead:
    """Reopen a post."""
    post = await posts.reopen(post_id, caller)
    return PostRead.model_validate(post)
