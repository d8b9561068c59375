"""Queries on accounts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, true

from app.models import Account, Member
from app.models.enums import MemberRole
from app.repositories.base import Repository
from app.schemas.account import AccountListQuery, AccountSort

_ORDERS: dict[AccountSort, UnaryExpression[Any]] = {
    AccountSort.CREATED_AT: Account.created_at.asc(),
    AccountSort.CREATED_AT_DESC: Account.created_at.desc(),
}


class AccountRepository(Repository[Account]):
    """Accounts."""

    model = Account

    async def get(self, account_id: UUID) -> Account | None:
        """Return the account with this key, if there is one."""
        return await self.session.scalar(self.select().where(Account.id == account_id))

    async def list(self, query: AccountListQuery, caller: Member) -> tuple[Sequence[Account], int]:
        """Return one page of the accounts that the caller may see."""
        statement = (
            self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Account.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Member) -> ColumnElement[bool]:
    if caller.role is MemberRole.CLERK:
        return true()
    return Account.owner_id == caller.id
