"""Accounts."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError, PermissionDeniedError
from app.core.security import hash_password
from app.models import Account
from app.models.enums import AccountRole
from app.repositories.account_repository import AccountRepository
from app.schemas.account import AccountCreate, AccountListQuery, AccountUpdate


class AccountService:
    """Use cases of accounts."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._accounts = AccountRepository(session)

    async def list(self, query: AccountListQuery) -> tuple[Sequence[Account], int]:
        """List accounts."""
        return await self._accounts.list(query)

    async def get(self, account_id: UUID, caller: Account) -> Account:
        """Return one account, unless the caller may not know that it exists."""
        account = await self._accounts.get(account_id)
        if account is None or not _may_read(account, caller):
            detail = "Account not found"
            raise NotFoundError(detail)
        return account

    async def create(self, data: AccountCreate) -> Account:
        """Create an account."""
        account = Account(login=data.login, hashed_passphrase=await hash_password(data.passphrase))
        await self._accounts.create(account)
        return account

    async def update(self, account_id: UUID, data: AccountUpdate, caller: Account) -> Account:
        """Change an account."""
        account = await self.get(account_id, caller)
        if not _may_update(account, caller):
            detail = "You may not change this account"
            raise PermissionDeniedError(detail)
        await self._apply(account, data)
        return account

    async def register(self, data: AccountCreate) -> Account:
        """Create one account for whoever asks."""
        return await self.create(data)

    async def update_me(self, account: Account, data: AccountUpdate) -> Account:
        """Change the caller's own account."""
        await self._apply(account, data)
        return account

    async def _apply(self, account: Account, data: AccountUpdate) -> None:
        if data.passphrase is not MISSING:
            account.hashed_passphrase = await hash_password(data.passphrase)
        await self._accounts.update(account)


def _may_read(account: Account, caller: Account) -> bool:
    return caller.role is AccountRole.ADMIN or account.id == caller.id


def _may_update(account: Account, caller: Account) -> bool:
    return account.id == caller.id
