"""Users."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError, PermissionDeniedError
from app.core.security import hash_password
from app.models import User
from app.models.enums import UserRole
from app.repositories.user_repository import UserRepository
from app.schemas.user import UserCreate, UserListQuery, UserUpdate


class UserService:
    """Use cases of users."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._users = UserRepository(session)

    async def list(self, query: UserListQuery) -> tuple[Sequence[User], int]:
        """List users."""
        return await self._users.list(query)

    async def get(self, user_id: UUID) -> User:
        """Return one user."""
        user = await self._users.get(user_id)
        if user is None:
            detail = "User not found"
            raise NotFoundError(detail)
        return user

    async def update(self, user_id: UUID, data: UserUpdate, caller: User) -> User:
        """Change a user."""
        user = await self.get(user_id)
        if not _may_update(user, caller):
            detail = "You may not change this user"
            raise PermissionDeniedError(detail)
        await self._apply(user, data)
        return user

    async def delete(self, user_id: UUID) -> None:
        """Delete a user."""
        user = await self.get(user_id)
        await self._users.delete(user)

    async def register(self, data: UserCreate) -> User:
        """Create one user for whoever asks."""
        user = User(
            email=data.email,
            full_name=data.full_name,
            hashed_password=await hash_password(data.password),
        )
        await self._users.create(user)
        return user

    async def update_me(self, user: User, data: UserUpdate) -> User:
        """Change the caller's own user."""
        await self._apply(user, data)
        return user

    async def _apply(self, user: User, data: UserUpdate) -> None:
        if data.email is not MISSING:
            user.email = data.email
        if data.full_name is not MISSING:
            user.full_name = data.full_name
        if data.password is not MISSING:
            user.hashed_password = await hash_password(data.password)
        await self._users.update(user)


def _may_update(user: User, caller: User) -> bool:
    return caller.role is UserRole.ADMIN or user.id == caller.id
