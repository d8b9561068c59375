"""Queries on articles."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression, or_, select
from sqlalchemy.orm import selectinload, with_expression
from sqlalchemy.sql.base import ExecutableOption

from app.core.slugs import first_free, slugify
from app.models import Article, Person, Remark, Tag
from app.repositories.base import Repository
from app.repositories.viewer import article_discussed, article_liked, article_mine, person_is_me
from app.schemas.article import ArticleListQuery, ArticleSort

_ORDERS: dict[ArticleSort, UnaryExpression[Any]] = {
    ArticleSort.CREATED_AT: Article.created_at.asc(),
    ArticleSort.CREATED_AT_DESC: Article.created_at.desc(),
    ArticleSort.TITLE: Article.title.asc(),
    ArticleSort.TITLE_DESC: Article.title.desc(),
    ArticleSort.REMARK_COUNT: Article.remark_count.asc(),
    ArticleSort.REMARK_COUNT_DESC: Article.remark_count.desc(),
}


class ArticleRepository(Repository[Article]):
    """Articles."""

    model = Article
    options = (selectinload(Article.tags), selectinload(Article.fans))
    computed = ("remark_count",)

    async def get(self, article_id: UUID) -> Article | None:
        """Return the article with this key, if there is one."""
        return await self.session.scalar(self.select().where(Article.id == article_id))

    async def get_by_slug(self, slug: str) -> Article | None:
        """Return the article with this value, if there is one."""
        return await self.session.scalar(self.select().where(Article.slug == slug))

    async def list(
        self, query: ArticleListQuery, caller: Person | None
    ) -> tuple[Sequence[Article], int]:
        """Return one page of the articles."""
        statement = (
            select(Article)
            .options(*_listed(caller))
            .execution_options(populate_existing=True)
            .order_by(_ORDERS[query.sort], Article.id)
        )
        if query.author_id is not None:
            statement = statement.where(Article.author_id == query.author_id)
        if query.remark_count is not None:
            statement = statement.where(Article.remark_count == query.remark_count)
        if query.remark_count_min is not None:
            statement = statement.where(Article.remark_count >= query.remark_count_min)
        if query.remark_count_max is not None:
            statement = statement.where(Article.remark_count <= query.remark_count_max)
        if query.tag_id is not None:
            statement = statement.where(Article.tags.any(Tag.id == query.tag_id))
        if query.q is not None:
            statement = statement.where(
                or_(
                    Article.title.icontains(query.q, autoescape=True),
                    Article.body.icontains(query.q, autoescape=True),
                )
            )
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def load_shown(self, article: Article, caller: Person | None) -> None:
        """Load what is shown along with one article."""
        statement = (
            select(Article)
            .where(Article.id == article.id)
            .options(*_shown(caller))
            .execution_options(populate_existing=True)
        )
        (await self.session.scalars(statement)).one()

    async def unused_slug(self, text: str) -> str:
        """Return a slug made of ``text`` that no other article has."""
        slug = slugify(text, max_length=194, fallback="article")
        similar = select(Article.slug).where(Article.slug.startswith(slug))
        taken = (await self.session.scalars(similar)).all()
        return first_free(slug, taken)


def _listed(caller: Person | None) -> Sequence[ExecutableOption]:
    return (
        with_expression(Article.liked, article_liked(caller)),
        with_expression(Article.mine, article_mine(caller)),
        selectinload(Article.author).options(with_expression(Person.is_me, person_is_me(caller))),
        selectinload(Article.tags),
    )


def _shown(caller: Person | None) -> Sequence[ExecutableOption]:
    return (
        with_expression(Article.liked, article_liked(caller)),
        with_expression(Article.discussed, article_discussed(caller)),
        selectinload(Article.author).options(with_expression(Person.is_me, person_is_me(caller))),
        selectinload(Article.editor).options(with_expression(Person.is_me, person_is_me(caller))),
        selectinload(Article.tags),
        selectinload(Article.remarks.and_(Remark.is_active)).options(
            selectinload(Remark.author).options(with_expression(Person.is_me, person_is_me(caller)))
        ),
    )
