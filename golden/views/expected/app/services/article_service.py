"""Articles."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow
from app.core.errors import FieldError, NotFoundError, PermissionDeniedError, RuleViolationError
from app.core.etag import check_if_match
from app.models import Article, Person, Tag
from app.repositories.article_repository import ArticleRepository
from app.repositories.person_repository import PersonRepository
from app.repositories.tag_repository import TagRepository
from app.schemas.article import ArticleCreate, ArticleListQuery, ArticleUpdate


class ArticleService:
    """Use cases of articles."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._articles = ArticleRepository(session)
        self._people = PersonRepository(session)
        self._tags = TagRepository(session)

    async def list(
        self, query: ArticleListQuery, caller: Person | None
    ) -> tuple[Sequence[Article], int]:
        """List articles."""
        return await self._articles.list(query, caller)

    async def get(self, article_slug: str) -> Article:
        """Return one article."""
        article = await self._articles.get_by_slug(article_slug)
        if article is None:
            detail = "Article not found"
            raise NotFoundError(detail)
        return article

    async def show(self, article_slug: str, caller: Person | None) -> Article:
        """Return one article with what is shown along with it."""
        article = await self.get(article_slug)
        await self._articles.load_shown(article, caller)
        return article

    async def create(self, data: ArticleCreate, caller: Person) -> Article:
        """Create an article."""
        await self._check_editor(data.editor_id)
        article = Article(
            title=data.title,
            slug=await self._articles.unused_slug(data.title)
            if data.slug is MISSING
            else data.slug,
            body=data.body,
            section=data.section,
            author_id=caller.id,
            editor_id=data.editor_id,
            tags=list(await self._find_tags(data.tag_ids)),
            fans=list(await self._find_fans(data.fan_ids)),
        )
        await self._articles.create(article)
        await self._articles.load_shown(article, caller)
        return article

    async def update(
        self, article_slug: str, data: ArticleUpdate, caller: Person, if_match: str | None
    ) -> Article:
        """Change an article."""
        article = await self.get(article_slug)
        if not _may_change(article, caller):
            detail = "You may not change this article"
            raise PermissionDeniedError(detail)
        check_if_match(if_match, article.version)
        if data.title is not MISSING:
            article.title = data.title
        if data.slug is not MISSING:
            article.slug = data.slug
        if data.body is not MISSING:
            article.body = data.body
        if data.section is not MISSING:
            article.section = data.section
        if data.editor_id is not MISSING:
            await self._check_editor(data.editor_id)
            article.editor_id = data.editor_id
        if data.tag_ids is not MISSING:
            article.tags = list(await self._find_tags(data.tag_ids))
            article.updated_at = utcnow()
        if data.fan_ids is not MISSING:
            article.fans = list(await self._find_fans(data.fan_ids))
            article.updated_at = utcnow()
        await self._articles.update(article)
        await self._articles.load_shown(article, caller)
        return article

    async def delete(self, article_slug: str, caller: Person, if_match: str | None) -> None:
        """Delete an article."""
        article = await self.get(article_slug)
        if not _may_change(article, caller):
            detail = "You may not delete this article"
            raise PermissionDeniedError(detail)
        check_if_match(if_match, article.version)
        await self._articles.delete(article)

    async def _check_editor(self, editor_id: UUID | None) -> None:
        if editor_id is not None and await self._people.get(editor_id) is None:
            detail = "Person not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/editor_id", "No such person", "reference")]
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

    async def _find_fans(self, fan_ids: Sequence[UUID]) -> Sequence[Person]:
        found = {person.id: person for person in await self._people.get_many(fan_ids)}
        errors = [
            FieldError(f"/fan_ids/{index}", "No such person", "reference")
            for index, key in enumerate(fan_ids)
            if key not in found
        ]
        if errors:
            detail = "Some people do not exist"
            raise RuleViolationError(detail, errors=errors)
        return sorted(found.values(), key=lambda person: person.id)


def _may_change(article: Article, caller: Person) -> bool:
    return article.author_id == caller.id
