"""Flows: steps over several entities."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError, RequirementError
from app.models import Article
from app.models.enums import Status
from app.repositories.article_repository import ArticleRepository


class FlowMethods:
    """Flows: each is done as a whole, inside the transaction of the request, or not at all."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._session = session
        self._articles = ArticleRepository(session)

    async def count(self, article_id: UUID, words: int) -> Article:
        """Count."""
        article = await self._articles.get(article_id)
        if article is None:
            detail = "Article not found"
            raise NotFoundError(detail)
        await self._articles.lock(article)
        if article.status is not Status.DRAFT:
            detail = "The article is published."
            raise RequirementError(detail, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        article.words = words
        await self._articles.update(article)
        return article
