"""Queries on changes of the status of articles."""

from collections.abc import Sequence

from app.models import Article, ArticleStatusChange, Member
from app.models.enums import Status
from app.repositories.base import Repository
from app.schemas.base import PageQuery


class ArticleStatusChangeRepository(Repository[ArticleStatusChange]):
    """Changes of the status of articles."""

    model = ArticleStatusChange

    async def record(
        self, article: Article, transition: str, to_state: Status, caller: Member
    ) -> None:
        """Keep a change of the status that is about to be made."""
        await self.create(
            ArticleStatusChange(
                article_id=article.id,
                transition=transition,
                from_state=article.status.value,
                to_state=to_state.value,
                changed_by_id=caller.id,
            )
        )

    async def list(
        self, article: Article, query: PageQuery
    ) -> tuple[Sequence[ArticleStatusChange], int]:
        """Return one page of the changes of the status of one article, the first one first."""
        statement = (
            self.select()
            .where(ArticleStatusChange.article_id == article.id)
            .order_by(ArticleStatusChange.changed_at, ArticleStatusChange.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)
