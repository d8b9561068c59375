"""Posts."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow
from app.core.errors import (
    FieldError,
    InvalidTransitionError,
    NotFoundError,
    PermissionDeniedError,
    RuleViolationError,
    TransitionRefusedError,
)
from app.models import Post, Tag, User
from app.models.enums import PostStatus, UserRole
from app.repositories.category_repository import CategoryRepository
from app.repositories.post_repository import PostRepository
from app.repositories.tag_repository import TagRepository
from app.schemas.post import PostCreate, PostListQuery, PostUpdate


class PostService:
    """Use cases of posts."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._posts = PostRepository(session)
        self._categories = CategoryRepository(session)
        self._tags = TagRepository(session)

    async def list(self, query: PostListQuery, caller: User | None) -> tuple[Sequence[Post], int]:
        """List posts."""
        return await self._posts.list(query, caller)

    async def get(self, post_id: UUID, caller: User | None) -> Post:
        """Return one post, unless the caller may not know that it exists."""
        post = await self._posts.get(post_id)
        if post is None or not _may_read(post, caller):
            detail = "Post not found"
            raise NotFoundError(detail)
        return post

    async def create(self, data: PostCreate, caller: User) -> Post:
        """Create a post."""
        await self._check_category(data.category_id)
        post = Post(
            title=data.title,
            slug=await self._posts.unused_slug(data.title) if data.slug is MISSING else data.slug,
            body=data.body,
            author_id=caller.id,
            category_id=data.category_id,
            tags=list(await self._find_tags(data.tag_ids)),
        )
        await self._posts.create(post)
        return post

    async def update(self, post_id: UUID, data: PostUpdate, caller: User) -> Post:
        """Change a post."""
        post = await self.get(post_id, caller)
        if not _may_change(post, caller):
            detail = "You may not change this post"
            raise PermissionDeniedError(detail)
        if data.title is not MISSING:
            post.title = data.title
        if data.slug is not MISSING:
            post.slug = data.slug
        if data.body is not MISSING:
            post.body = data.body
        if data.category_id is not MISSING:
            await self._check_category(data.category_id)
            post.category_id = data.category_id
        if data.tag_ids is not MISSING:
            post.tags = list(await self._find_tags(data.tag_ids))
            post.updated_at = utcnow()
        await self._posts.update(post)
        return post

    async def delete(self, post_id: UUID, caller: User) -> None:
        """Delete a post."""
        post = await self.get(post_id, caller)
        if not _may_change(post, caller):
            detail = "You may not delete this post"
            raise PermissionDeniedError(detail)
        await self._posts.delete(post)

    async def publish(self, post_id: UUID, caller: User) -> Post:
        """Publish a post."""
        post = await self.get(post_id, caller)
        await self._posts.lock(post)
        if not _may_change(post, caller):
            detail = "You may not publish this post"
            raise PermissionDeniedError(detail)
        if post.status is not PostStatus.DRAFT:
            raise InvalidTransitionError(post.status, "publish")
        if not _can_publish(post):
            detail = "The guard of publish does not hold."
            raise TransitionRefusedError(detail)
        post.status = PostStatus.PUBLISHED
        post.published_at = utcnow()
        await self._posts.update(post)
        return post

    async def archive(self, post_id: UUID, caller: User) -> Post:
        """Archive a post."""
        post = await self.get(post_id, caller)
        await self._posts.lock(post)
        if not _may_change(post, caller):
            detail = "You may not archive this post"
            raise PermissionDeniedError(detail)
        if post.status is not PostStatus.PUBLISHED:
            raise InvalidTransitionError(post.status, "archive")
        post.status = PostStatus.ARCHIVED
        await self._posts.update(post)
        return post

    async def reopen(self, post_id: UUID, caller: User) -> Post:
        """Reopen a post."""
        post = await self.get(post_id, caller)
        await self._posts.lock(post)
        if post.status is not PostStatus.ARCHIVED:
            raise InvalidTransitionError(post.status, "reopen")
        post.status = PostStatus.DRAFT
        post.published_at = None
        await self._posts.update(post)
        return post

    async def _check_category(self, category_id: UUID | None) -> None:
        if category_id is not None and await self._categories.get(category_id) is None:
            detail = "Category not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/category_id", "No such category", "reference")]
            )

    async def _find_tags(self, tag_ids: Sequence[UUID]) -> Sequence[Tag]:
        found = {tag_row.id: tag_row for tag_row in await self._tags.get_many(tag_ids)}
        errors = [
            FieldError(f"/tag_ids/{index}", "No such tag", "reference")
            for index, key in enumerate(tag_ids)
            if key not in found
        ]
        if errors:
            detail = "Some tags do not exist"
            raise RuleViolationError(detail, errors=errors)
        return sorted(found.values(), key=lambda tag_row: tag_row.id)


def _may_read(post: Post, caller: User | None) -> bool:
    if caller is None:
        return post.status is PostStatus.PUBLISHED
    return (
        caller.role in {UserRole.EDITOR, UserRole.ADMIN}
        or post.status is PostStatus.PUBLISHED
        or post.author_id == caller.id
    )


def _may_change(post: Post, caller: User) -> bool:
    return caller.role is UserRole.ADMIN or post.author_id == caller.id


def _can_publish(post: Post) -> bool:
    return len(post.body) > 0
