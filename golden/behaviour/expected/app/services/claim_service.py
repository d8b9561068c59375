"""Claims."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow, utctoday
from app.core.errors import (
    InvalidTransitionError,
    NotFoundError,
    PermissionDeniedError,
    TransitionRefusedError,
)
from app.core.etag import check_if_match
from app.models import Claim, ClaimStageChange, Member
from app.models.enums import ClaimStage, MemberRole
from app.repositories.claim_repository import ClaimRepository
from app.repositories.claim_stage_change_repository import ClaimStageChangeRepository
from app.schemas.base import PageQuery
from app.schemas.claim import ClaimCreate, ClaimListQuery, ClaimUpdate

_BOUND_3 = 3


class ClaimService:
    """Use cases of claims."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._claims = ClaimRepository(session)
        self._claim_stage_changes = ClaimStageChangeRepository(session)

    async def list(self, query: ClaimListQuery, caller: Member) -> tuple[Sequence[Claim], int]:
        """List claims."""
        return await self._claims.list(query, caller)

    async def get(self, claim_id: UUID, caller: Member) -> Claim:
        """Return one claim, unless the caller may not know that it exists."""
        claim = await self._claims.get(claim_id)
        if claim is None or not _may_read(claim, caller):
            detail = "Claim not found"
            raise NotFoundError(detail)
        return claim

    async def stage_history(
        self, claim_id: UUID, query: PageQuery, caller: Member
    ) -> tuple[Sequence[ClaimStageChange], int]:
        """List the changes of the stage of a claim, the first one first."""
        claim = await self.get(claim_id, caller)
        return await self._claim_stage_changes.list(claim, query)

    async def create(self, data: ClaimCreate, caller: Member) -> Claim:
        """Create a claim."""
        claim = Claim(
            subject=data.subject,
            amount=data.amount,
            reviewer_note=data.reviewer_note,
            claimant_id=caller.id,
        )
        await self._claims.create(claim)
        return claim

    async def update(
        self, claim_id: UUID, data: ClaimUpdate, caller: Member, if_match: str | None
    ) -> Claim:
        """Change a claim."""
        claim = await self.get(claim_id, caller)
        check_if_match(if_match, claim.version)
        if data.subject is not MISSING:
            claim.subject = data.subject
        if data.amount is not MISSING:
            claim.amount = data.amount
        if data.reviewer_note is not MISSING:
            claim.reviewer_note = data.reviewer_note
        await self._claims.update(claim)
        return claim

    async def delete(self, claim_id: UUID, caller: Member, if_match: str | None) -> None:
        """Delete a claim."""
        claim = await self.get(claim_id, caller)
        check_if_match(if_match, claim.version)
        await self._claims.delete(claim)

    async def review(self, claim_id: UUID, caller: Member, if_match: str | None) -> Claim:
        """Review a claim."""
        claim = await self.get(claim_id, caller)
        await self._claims.lock(claim)
        check_if_match(if_match, claim.version)
        if claim.stage not in {ClaimStage.FILED, ClaimStage.RETURNED}:
            raise InvalidTransitionError(claim.stage, "review")
        await self._claim_stage_changes.record(claim, "review", ClaimStage.IN_REVIEW, caller)
        claim.stage = ClaimStage.IN_REVIEW
        await self._claims.update(claim)
        return claim

    async def send_back(self, claim_id: UUID, caller: Member, if_match: str | None) -> Claim:
        """Send back a claim."""
        claim = await self.get(claim_id, caller)
        await self._claims.lock(claim)
        check_if_match(if_match, claim.version)
        if claim.stage is not ClaimStage.IN_REVIEW:
            raise InvalidTransitionError(claim.stage, "send back")
        if not _can_send_back(claim):
            detail = "A note tells why it is sent back."
            raise TransitionRefusedError(detail)
        await self._claim_stage_changes.record(claim, "send_back", ClaimStage.RETURNED, caller)
        claim.stage = ClaimStage.RETURNED
        claim.urgent = True
        await self._claims.update(claim)
        return claim

    async def accept(self, claim_id: UUID, caller: Member, if_match: str | None) -> Claim:
        """Accept a claim."""
        claim = await self.get(claim_id, caller)
        await self._claims.lock(claim)
        check_if_match(if_match, claim.version)
        if claim.stage is not ClaimStage.IN_REVIEW:
            raise InvalidTransitionError(claim.stage, "accept")
        if not _can_accept(claim):
            detail = "The guard of accept does not hold."
            raise TransitionRefusedError(detail)
        await self._claim_stage_changes.record(claim, "accept", ClaimStage.ACCEPTED, caller)
        claim.stage = ClaimStage.ACCEPTED
        claim.decided_at = utcnow()
        claim.decided_on = utctoday()
        claim.urgent = False
        await self._claims.update(claim)
        return claim

    async def withdraw(self, claim_id: UUID, caller: Member, if_match: str | None) -> Claim:
        """Withdraw a claim."""
        claim = await self.get(claim_id, caller)
        await self._claims.lock(claim)
        if not _may_withdraw(claim, caller):
            detail = "You may not withdraw this claim"
            raise PermissionDeniedError(detail)
        check_if_match(if_match, claim.version)
        if claim.stage not in {ClaimStage.FILED, ClaimStage.IN_REVIEW, ClaimStage.RETURNED}:
            raise InvalidTransitionError(claim.stage, "withdraw")
        await self._claim_stage_changes.record(claim, "withdraw", ClaimStage.WITHDRAWN, caller)
        claim.stage = ClaimStage.WITHDRAWN
        claim.reviewer_note = None
        await self._claims.update(claim)
        return claim


def _may_read(claim: Claim, caller: Member) -> bool:
    return caller.role is MemberRole.CLERK or claim.claimant_id == caller.id


def _may_withdraw(claim: Claim, caller: Member) -> bool:
    return claim.claimant_id == caller.id


def _can_send_back(claim: Claim) -> bool:
    return claim.reviewer_note is not None and len(claim.reviewer_note) > _BOUND_3


def _can_accept(claim: Claim) -> bool:
    return claim.amount <= Decimal(1000)
