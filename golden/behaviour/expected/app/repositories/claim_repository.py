"""Queries on claims."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, true

from app.models import Claim, Member
from app.models.enums import MemberRole
from app.repositories.base import Repository
from app.schemas.claim import ClaimListQuery, ClaimSort

_ORDERS: dict[ClaimSort, UnaryExpression[Any]] = {
    ClaimSort.CREATED_AT: Claim.created_at.asc(),
    ClaimSort.CREATED_AT_DESC: Claim.created_at.desc(),
}


class ClaimRepository(Repository[Claim]):
    """Claims."""

    model = Claim

    async def get(self, claim_id: UUID) -> Claim | None:
        """Return the claim with this key, if there is one."""
        return await self.session.scalar(self.select().where(Claim.id == claim_id))

    async def list(self, query: ClaimListQuery, caller: Member) -> tuple[Sequence[Claim], int]:
        """Return one page of the claims that the caller may see."""
        statement = self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Claim.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Member) -> ColumnElement[bool]:
    if caller.role is MemberRole.CLERK:
        return true()
    return Claim.claimant_id == caller.id
