"""API models of changes of the stage of claims."""

from uuid import UUID

from app.schemas.base import OutputModel, Page
from app.schemas.types import UtcDatetime


class ClaimStageChangeRead(OutputModel):
    """A change of the stage of one claim."""

    id: UUID
    transition: str
    from_state: str
    to_state: str
    changed_at: UtcDatetime
    changed_by_id: UUID | None


class ClaimStageChangePage(Page[ClaimStageChangeRead]):
    """One page of the changes of the stage of one claim."""
