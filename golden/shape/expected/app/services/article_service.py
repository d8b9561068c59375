"""Articles."""

from collections.abc import Sequence

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import InvalidTransitionError, NotFoundError, PermissionDeniedError
from app.models import Article, ArticleStatusChange, Member
from app.models.enums import Status
from app.repositories.article_repository import ArticleRepository
from app.repositories.article_status_change_repository import ArticleStatusChangeRepository
from app.schemas.article import ArticleCreate, ArticleListQuery, ArticleUpdate
from app.schemas.base import PageQuery


class ArticleService:
    """Use cases of articles."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._articles = ArticleRepository(session)
        self._article_status_changes = ArticleStatusChangeRepository(session)

    async def list(self, query: ArticleListQuery) -> tuple[Sequence[Article], int]:
        """List articles."""
        return await self._articles.list(query)

    async def get(self, article_slug: str) -> Article:
        """Return one article."""
        article = await self._articles.get_by_slug(article_slug)
        if article is None:
            detail = "Article not found"
            raise NotFoundError(detail)
        return article

    async def status_history(
        self, article_slug: str, query: PageQuery
    ) -> tuple[Sequence[ArticleStatusChange], int]:
        """List the changes of the status of an article, the first one first."""
        article = await self.get(article_slug)
        return await self._article_status_changes.list(article, query)

    async def create(self, data: ArticleCreate, caller: Member) -> Article:
        """Create an article."""
        article = Article(
            slug=await self._articles.unused_slug(data.title)
            if data.slug is MISSING
            else data.slug,
            title=data.title,
            words=data.words,
            author_id=caller.id,
        )
        await self._articles.create(article)
        return article

    async def update(self, article_slug: str, data: ArticleUpdate, caller: Member) -> Article:
        """Change an article."""
        article = await self.get(article_slug)
        if not _may_change(article, caller):
            detail = "You may not change this article"
            raise PermissionDeniedError(detail)
        if data.slug is not MISSING:
            article.slug = data.slug
        if data.title is not MISSING:
            article.title = data.title
        if data.words is not MISSING:
            article.words = data.words
        await self._articles.update(article)
        return article

    async def delete(self, article_slug: str, caller: Member) -> None:
        """Delete an article."""
        article = await self.get(article_slug)
        if not _may_change(article, caller):
            detail = "You may not delete this article"
            raise PermissionDeniedError(detail)
        await self._articles.delete(article)

    async def publish(self, article_slug: str, caller: Member) -> Article:
        """Publish an article."""
        article = await self.get(article_slug)
        await self._articles.lock(article)
        if not _may_change(article, caller):
            detail = "You may not publish this article"
            raise PermissionDeniedError(detail)
        if article.status is not Status.DRAFT:
            raise InvalidTransitionError(article.status, "publish")
        await self._article_status_changes.record(article, "publish", Status.PUBLISHED, caller)
        article.status = Status.PUBLISHED
        await self._articles.update(article)
        return article


def _may_change(article: Article, caller: Member) -> bool:
    return article.author_id == caller.id
