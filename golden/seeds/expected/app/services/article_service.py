"""Articles."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidTransitionError, NotFoundError, RuleViolationError
from app.core.etag import check_if_match
from app.models import Article, Label
from app.models.enums import State
from app.repositories.article_repository import ArticleRepository
from app.repositories.label_repository import LabelRepository
from app.repositories.office_repository import OfficeRepository
from app.repositories.topic_repository import TopicRepository
from app.schemas.article import ArticleCreate, ArticleListQuery, ArticleUpdate


class ArticleService:
    """Use cases of articles."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._articles = ArticleRepository(session)
        self._topics = TopicRepository(session)
        self._offices = OfficeRepository(session)
        self._labels = LabelRepository(session)

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

    async def create(self, data: ArticleCreate) -> Article:
        """Create an article."""
        await self._check_topic(data.topic_id)
        await self._check_office(data.office_id)
        article = Article(
            title=data.title,
            slug=await self._articles.unused_slug(data.title)
            if data.slug is MISSING
            else data.slug,
            body=data.body,
            topic_id=data.topic_id,
            office_id=data.office_id,
            labels=list(await self._find_labels(data.label_ids)),
        )
        await self._articles.create(article)
        return article

    async def update(self, article_slug: str, data: ArticleUpdate, if_match: str | None) -> Article:
        """Change an article."""
        article = await self.get(article_slug)
        check_if_match(if_match, article.version)
        if data.title is not MISSING:
            article.title = data.title
        if data.slug is not MISSING:
            article.slug = data.slug
        if data.body is not MISSING:
            article.body = data.body
        if data.topic_id is not MISSING:
            await self._check_topic(data.topic_id)
            article.topic_id = data.topic_id
        if data.office_id is not MISSING:
            await self._check_office(data.office_id)
            article.office_id = data.office_id
        if data.label_ids is not MISSING:
            article.labels = list(await self._find_labels(data.label_ids))
            article.updated_at = utcnow()
        await self._articles.update(article)
        return article

    async def delete(self, article_slug: str, if_match: str | None) -> None:
        """Delete an article."""
        article = await self.get(article_slug)
        check_if_match(if_match, article.version)
        await self._articles.delete(article)

    async def publish(self, article_slug: str, if_match: str | None) -> Article:
        """Publish an article."""
        article = await self.get(article_slug)
        await self._articles.lock(article)
        check_if_match(if_match, article.version)
        if article.state is not State.DRAFT:
            raise InvalidTransitionError(article.state, "publish")
        article.state = State.PUBLISHED
        article.published_at = utcnow()
        await self._articles.update(article)
        return article

    async def _check_topic(self, topic_id: UUID) -> None:
        if await self._topics.get(topic_id) is None:
            detail = "Topic not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/topic_id", "No such topic", "reference")]
            )

    async def _check_office(self, office_id: UUID | None) -> None:
        if office_id is not None and await self._offices.get(office_id) is None:
            detail = "Office not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/office_id", "No such office", "reference")]
            )

    async def _find_labels(self, label_ids: Sequence[int]) -> Sequence[Label]:
        found = {label.id: label for label in await self._labels.get_many(label_ids)}
        errors = [
            FieldError(f"/label_ids/{index}", "No such label", "reference")
            for index, key in enumerate(label_ids)
            if key not in found
        ]
        if errors:
            detail = "Some labels do not exist"
            raise RuleViolationError(detail, errors=errors)
        return sorted(found.values(), key=lambda label: label.id)
