"""Queries on comments."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.core.errors import Invariant, InvariantError
from app.models import Comment, Post
from app.models.enums import PostStatus
from app.repositories.base import Repository
from app.schemas.comment import CommentListQuery, CommentSort

_ORDERS: dict[CommentSort, UnaryExpression[Any]] = {
    CommentSort.CREATED_AT: Comment.created_at.asc(),
    CommentSort.CREATED_AT_DESC: Comment.created_at.desc(),
}


class CommentRepository(Repository[Comment]):
    """Comments."""

    model = Comment

    async def get(self, comment_id: UUID) -> Comment | None:
        """Return the comment with this key, if there is one."""
        return await self.session.scalar(self.select().where(Comment.id == comment_id))

    async def list(self, query: CommentListQuery, post_id: UUID) -> tuple[Sequence[Comment], int]:
        """Return one page of the comments."""
        statement = (
            self.select()
            .where(Comment.post_id == post_id)
            .order_by(_ORDERS[query.sort], Comment.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def create(self, entity: Comment) -> None:
        """Insert ``entity`` now, if its invariants allow it."""
        await super().create(entity)
        await self._require_only_on_published_posts(entity)

    async def _require_only_on_published_posts(self, comment: Comment) -> None:
        post = await self.hold(Post, comment.post_id)
        if post.status is not PostStatus.PUBLISHED:
            invariant = Invariant(
                "only_on_published_posts", "Comments are open on published posts only."
            )
            raise InvariantError(invariant)
