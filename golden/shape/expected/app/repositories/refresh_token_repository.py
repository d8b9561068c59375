"""Queries on refresh tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from app.models.refresh_token import RefreshToken
from app.repositories.base import Repository


class RefreshTokenRepository(Repository[RefreshToken]):
    """Refresh tokens."""

    model = RefreshToken

    async def get_by_fingerprint(self, fingerprint: str) -> RefreshToken | None:
        """Return the token and lock it, so that two rotations cannot both succeed."""
        return await self.session.scalar(
            select(RefreshToken).where(RefreshToken.fingerprint == fingerprint).with_for_update()
        )

    async def revoke_family(self, family_id: UUID, now: datetime) -> None:
        """Revoke every token of a rotation chain."""
        await self.session.execute(
            update(RefreshToken)
            .where(RefreshToken.family_id == family_id, RefreshToken.revoked_at.is_(None))
            .values(revoked_at=now)
        )
