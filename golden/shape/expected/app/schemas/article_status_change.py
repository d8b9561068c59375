"""API models of changes of the status of articles."""

from uuid import UUID

from app.schemas.base import OutputModel, Page
from app.schemas.types import UtcDatetime


class ArticleStatusChangeRead(OutputModel):
    """A change of the status of one article."""

    id: UUID
    transition: str
    from_state: str
    to_state: str
    changed_at: UtcDatetime
    changed_by_id: UUID | None


class ArticleStatusChangePage(Page[ArticleStatusChangeRead]):
    """One page of the changes of the status of one article."""
