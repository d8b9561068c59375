"""Queries on articles."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression, select

from app.core.slugs import first_free, slugify
from app.models import Article
from app.repositories.base import Repository
from app.schemas.article import ArticleListQuery, ArticleSort

_ORDERS: dict[ArticleSort, UnaryExpression[Any]] = {
    ArticleSort.CREATED_AT: Article.created_at.asc(),
    ArticleSort.CREATED_AT_DESC: Article.created_at.desc(),
    ArticleSort.TITLE: Article.title.asc(),
    ArticleSort.TITLE_DESC: Article.title.desc(),
}


class ArticleRepository(Repository[Article]):
    """Articles."""

    model = Article

    async def get(self, article_id: UUID) -> Article | None:
        """Return the article with this key, if there is one."""
        return await self.session.scalar(self.select().where(Article.id == article_id))

    async def get_by_slug(self, slug: str) -> Article | None:
        """Return the article with this value, if there is one."""
        return await self.session.scalar(self.select().where(Article.slug == slug))

    async def list(self, query: ArticleListQuery) -> tuple[Sequence[Article], int]:
        """Return one page of the articles."""
        statement = select(Article).order_by(_ORDERS[query.sort], Article.id)
        if query.status is not None:
            statement = statement.where(Article.status == query.status)
        if query.author_id is not None:
            statement = statement.where(Article.author_id == query.author_id)
        if query.q is not None:
            statement = statement.where(Article.title.icontains(query.q, autoescape=True))
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def unused_slug(self, text: str) -> str:
        """Return a slug made of ``text`` that no other article has."""
        slug = slugify(text, max_length=194, fallback="article")
        similar = select(Article.slug).where(Article.slug.startswith(slug))
        taken = (await self.session.scalars(similar)).all()
        return first_free(slug, taken)
