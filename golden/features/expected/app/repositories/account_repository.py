"""Queries on accounts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Account
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

    async def get_by_login(self, login: str) -> Account | None:
        """Return the account with this value, if there is one."""
        return await self.session.scalar(self.select().where(Account.login == login))

    async def list(self, query: AccountListQuery) -> tuple[Sequence[Account], int]:
        """Return one page of the accounts."""
        statement = self.select().order_by(_ORDERS[query.sort], Account.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
