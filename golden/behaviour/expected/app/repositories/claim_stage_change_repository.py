"""Queries on changes of the stage of claims."""

from collections.abc import Sequence

from app.models import Claim, ClaimStageChange, Member
from app.models.enums import ClaimStage
from app.repositories.base import Repository
from app.schemas.base import PageQuery


class ClaimStageChangeRepository(Repository[ClaimStageChange]):
    """Changes of the stage of claims."""

    model = ClaimStageChange

    async def record(
        self, claim: Claim, transition: str, to_state: ClaimStage, caller: Member
    ) -> None:
        """Keep a change of the stage that is about to be made."""
        await self.create(
            ClaimStageChange(
                claim_id=claim.id,
                transition=transition,
                from_state=claim.stage.value,
                to_state=to_state.value,
                changed_by_id=caller.id,
            )
        )

    async def list(self, claim: Claim, query: PageQuery) -> tuple[Sequence[ClaimStageChange], int]:
        """Return one page of the changes of the stage of one claim, the first one first."""
        statement = (
            self.select()
            .where(ClaimStageChange.claim_id == claim.id)
            .order_by(ClaimStageChange.changed_at, ClaimStageChange.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)
