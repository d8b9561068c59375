"""Queries on users."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import User
from app.repositories.base import Repository
from app.schemas.user import UserListQuery, UserSort

_ORDERS: dict[UserSort, UnaryExpression[Any]] = {
    UserSort.CREATED_AT: User.created_at.asc(),
    UserSort.CREATED_AT_DESC: User.created_at.desc(),
}


class UserRepository(Repository[User]):
    """Users."""

    model = User

    async def get(self, user_id: UUID) -> User | None:
        """Return the user with this key, if there is one."""
        return await self.session.scalar(self.select().where(User.id == user_id))

    async def get_by_email(self, email: str) -> User | None:
        """Return the user with this value, if there is one."""
        return await self.session.scalar(self.select().where(User.email == email))

    async def list(self, query: UserListQuery) -> tuple[Sequence[User], int]:
        """Return one page of the users."""
        statement = self.select().order_by(_ORDERS[query.sort], User.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
