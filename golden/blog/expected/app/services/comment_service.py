"""Comments."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, PermissionDeniedError, RuleViolationError
from app.models import Comment, User
from app.models.enums import UserRole
from app.repositories.comment_repository import CommentRepository
from app.schemas.comment import CommentCreate, CommentListQuery, CommentUpdate
from app.services.post_service import PostService


class CommentService:
    """Use cases of comments."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._comments = CommentRepository(session)
        self._post_service = PostService(session)

    async def list(
        self, post_id: UUID, query: CommentListQuery, caller: User | None
    ) -> tuple[Sequence[Comment], int]:
        """List comments."""
        post = await self._post_service.get(post_id, caller)
        return await self._comments.list(query, post.id)

    async def get(self, post_id: UUID, comment_id: UUID, caller: User) -> Comment:
        """Return one comment, unless the caller may not know that it exists."""
        post = await self._post_service.get(post_id, caller)
        comment = await self._comments.get(comment_id)
        if comment is None or comment.post_id != post.id:
            detail = "Comment not found"
            raise NotFoundError(detail)
        return comment

    async def create(self, post_id: UUID, data: CommentCreate, caller: User) -> Comment:
        """Create a comment."""
        post = await self._post_service.get(post_id, caller)
        await self._check_reply_to(data.reply_to_id)
        comment = Comment(
            body=data.body, post_id=post.id, author_id=caller.id, reply_to_id=data.reply_to_id
        )
        await self._comments.create(comment)
        return comment

    async def update(
        self, post_id: UUID, comment_id: UUID, data: CommentUpdate, caller: User
    ) -> Comment:
        """Change a comment."""
        comment = await self.get(post_id, comment_id, caller)
        if not _may_change(comment, caller):
            detail = "You may not change this comment"
            raise PermissionDeniedError(detail)
        if data.body is not MISSING:
            comment.body = data.body
        if data.reply_to_id is not MISSING:
            await self._check_reply_to(data.reply_to_id)
            comment.reply_to_id = data.reply_to_id
        await self._comments.update(comment)
        return comment

    async def delete(self, post_id: UUID, comment_id: UUID, caller: User) -> None:
        """Delete a comment."""
        comment = await self.get(post_id, comment_id, caller)
        if not _may_change(comment, caller):
            detail = "You may not delete this comment"
            raise PermissionDeniedError(detail)
        await self._comments.delete(comment)

    async def _check_reply_to(self, reply_to_id: UUID | None) -> None:
        if reply_to_id is not None and await self._comments.get(reply_to_id) is None:
            detail = "Comment not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/reply_to_id", "No such comment", "reference")]
            )


def _may_change(comment: Comment, caller: User) -> bool:
    return caller.role is UserRole.ADMIN or comment.author_id == caller.id
