"""Queries on posts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, or_, select, true
from sqlalchemy.orm import selectinload

from app.core.slugs import first_free, slugify
from app.models import Post, Tag, User
from app.models.enums import PostStatus, UserRole
from app.repositories.base import Repository
from app.schemas.post import PostListQuery, PostSort

_ORDERS: dict[PostSort, UnaryExpression[Any]] = {
    PostSort.CREATED_AT: Post.created_at.asc(),
    PostSort.CREATED_AT_DESC: Post.created_at.desc(),
    PostSort.PUBLISHED_AT: Post.published_at.asc().nulls_last(),
    PostSort.PUBLISHED_AT_DESC: Post.published_at.desc().nulls_last(),
    PostSort.TITLE: Post.title.asc(),
    PostSort.TITLE_DESC: Post.title.desc(),
    PostSort.VIEWS: Post.views.asc(),
    PostSort.VIEWS_DESC: Post.views.desc(),
}


class PostRepository(Repository[Post]):
    """Posts."""

    model = Post
    options = (selectinload(Post.tags),)

    async def get(self, post_id: UUID) -> Post | None:
        """Return the post with this key, if there is one."""
        return await self.session.scalar(self.select().where(Post.id == post_id))

    async def list(self, query: PostListQuery, caller: User | None) -> tuple[Sequence[Post], int]:
        """Return one page of the posts that the caller may see."""
        statement = self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Post.id)
        if query.status is not None:
            statement = statement.where(Post.status == query.status)
        if query.author_id is not None:
            statement = statement.where(Post.author_id == query.author_id)
        if query.category_id is not None:
            statement = statement.where(Post.category_id == query.category_id)
        if query.tags_name is not None:
            statement = statement.where(Post.tags.any(Tag.name == query.tags_name))
        if query.published_at is not None:
            statement = statement.where(Post.published_at == query.published_at)
        if query.published_at_from is not None:
            statement = statement.where(Post.published_at >= query.published_at_from)
        if query.published_at_before is not None:
            statement = statement.where(Post.published_at < query.published_at_before)
        if query.q is not None:
            statement = statement.where(
                or_(
                    Post.title.icontains(query.q, autoescape=True),
                    Post.body.icontains(query.q, autoescape=True),
                )
            )
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def unused_slug(self, text: str) -> str:
        """Return a slug made of ``text`` that no other post has."""
        slug = slugify(text, max_length=194, fallback="post")
        similar = select(Post.slug).where(Post.slug.startswith(slug))
        taken = (await self.session.scalars(similar)).all()
        return first_free(slug, taken)


def _visible_to(caller: User | None) -> ColumnElement[bool]:
    if caller is None:
        return Post.status == PostStatus.PUBLISHED
    if caller.role in {UserRole.EDITOR, UserRole.ADMIN}:
        return true()
    return or_(Post.status == PostStatus.PUBLISHED, Post.author_id == caller.id)
