"""Queries on memberships."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy.orm.util import identity_key

from app.core.cursor import Keyset
from app.core.errors import ConflictError, FieldError
from app.models import Membership
from app.repositories.base import Repository
from app.schemas.membership import MembershipListQuery, MembershipSort
from app.schemas.types import UtcDatetime

_ORDERS: dict[MembershipSort, Keyset] = {
    MembershipSort.CREATED_AT: Keyset(
        MembershipSort.CREATED_AT,
        Membership.created_at,
        (Membership.employee_id, Membership.project_id),
        TypeAdapter(tuple[str, UtcDatetime, UUID, UUID]),
    ),
    MembershipSort.CREATED_AT_DESC: Keyset(
        MembershipSort.CREATED_AT_DESC,
        Membership.created_at,
        (Membership.employee_id, Membership.project_id),
        TypeAdapter(tuple[str, UtcDatetime, UUID, UUID]),
        descending=True,
    ),
}


class MembershipRepository(Repository[Membership]):
    """Memberships."""

    model = Membership

    async def get(self, employee_id: UUID, project_id: UUID) -> Membership | None:
        """Return the membership with this key, if there is one."""
        return await self.session.scalar(
            self.select().where(
                Membership.employee_id == employee_id, Membership.project_id == project_id
            )
        )

    async def list(self, query: MembershipListQuery) -> tuple[Sequence[Membership], str | None]:
        """Return one page of the memberships."""
        statement = self.select()
        return await self.page_after(
            statement, _ORDERS[query.sort], limit=query.limit, cursor=query.cursor
        )

    async def create(self, entity: Membership) -> None:
        """Insert ``entity`` now, unless this transaction has seen a row with its key."""
        if identity_key(instance=entity) in self.session.identity_map:
            detail = "A resource with the same value already exists"
            raise ConflictError(
                detail,
                errors=[
                    FieldError("/employee_id", "Already in use", "unique"),
                    FieldError("/project_id", "Already in use", "unique"),
                ],
            )
        await super().create(entity)
