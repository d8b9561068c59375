"""Accounts."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Account, Member
from app.models.enums import MemberRole
from app.repositories.account_repository import AccountRepository
from app.schemas.account import AccountCreate, AccountListQuery, AccountUpdate


class AccountService:
    """Use cases of accounts."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._accounts = AccountRepository(session)

    async def list(self, query: AccountListQuery, caller: Member) -> tuple[Sequence[Account], int]:
        """List accounts."""
        return await self._accounts.list(query, caller)

    async def get(self, account_id: UUID, caller: Member) -> Account:
        """Return one account, unless the caller may not know that it exists."""
        account = await self._accounts.get(account_id)
        if account is None or not _may_read(account, caller):
            detail = "Account not found"
            raise NotFoundError(detail)
        return account

    async def create(self, data: AccountCreate, caller: Member) -> Account:
        """Create an account."""
        account = Account(name=data.name, owner_id=caller.id)
        await self._accounts.create(account)
        return account

    async def update(self, account_id: UUID, data: AccountUpdate, caller: Member) -> Account:
        """Change an account."""
        account = await self.get(account_id, caller)
        if data.name is not MISSING:
            account.name = data.name
        await self._accounts.update(account)
        return account

    async def delete(self, account_id: UUID, caller: Member) -> None:
        """Delete an account."""
        account = await self.get(account_id, caller)
        await self._accounts.delete(account)


def _may_read(account: Account, caller: Member) -> bool:
    return caller.role is MemberRole.CLERK or account.owner_id == caller.id
