"""Sign-in, token rotation and sign-out."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.errors import AuthenticationError, InvalidGrantError
from app.core.ids import uuid7
from app.core.security import (
    create_access_token,
    fingerprint,
    new_refresh_token,
    verify_password,
)
from app.models import Member
from app.models.refresh_token import RefreshToken
from app.repositories.member_repository import MemberRepository
from app.repositories.refresh_token_repository import RefreshTokenRepository
from app.schemas.auth import TokenPair


class AuthService:
    """Authentication use cases."""

    def __init__(self, session: AsyncSession, settings: Settings) -> None:
        """Work inside the transaction of ``session``."""
        self._accounts = MemberRepository(session)
        self._tokens = RefreshTokenRepository(session)
        self._settings = settings

    async def sign_in(self, login: str, password: str) -> TokenPair:
        """Exchange credentials for tokens."""
        account = await self._accounts.get_by_email(login.lower())
        stored = account.hashed_password if account else None
        valid, upgraded = await verify_password(password, stored)
        if account is None or not valid or not account.is_active:
            detail = "Incorrect login or password"
            raise InvalidGrantError(detail)
        if upgraded is not None:
            account.hashed_password = upgraded
        return await self._issue(account.id, family_id=uuid7())

    async def refresh(self, refresh_token: str) -> TokenPair:
        """Rotate a refresh token; using one twice revokes its whole family."""
        now = utcnow()
        detail = "Invalid refresh token"
        token = await self._tokens.get_by_fingerprint(fingerprint(refresh_token))
        if token is None:
            raise InvalidGrantError(detail)
        if token.revoked_at is not None or token.expires_at <= now:
            await self._tokens.revoke_family(token.family_id, now)
            raise InvalidGrantError(detail)
        token.revoked_at = now
        return await self._issue(token.user_id, family_id=token.family_id)

    async def sign_out(self, refresh_token: str) -> None:
        """Revoke a family; unknown tokens are ignored (RFC 7009)."""
        token = await self._tokens.get_by_fingerprint(fingerprint(refresh_token))
        if token is not None:
            await self._tokens.revoke_family(token.family_id, utcnow())

    async def authenticate(self, user_id: UUID) -> Member:
        """Return the active account behind an access token."""
        account = await self._accounts.get(user_id)
        if account is None or not account.is_active:
            detail = "Invalid or expired token"
            raise AuthenticationError(detail)
        return account

    async def _issue(self, user_id: UUID, *, family_id: UUID) -> TokenPair:
        secret = new_refresh_token()
        await self._tokens.create(
            RefreshToken(
                user_id=user_id,
                family_id=family_id,
                fingerprint=fingerprint(secret),
                expires_at=utcnow() + timedelta(seconds=self._settings.refresh_token_ttl_seconds),
            )
        )
        return TokenPair(
            access_token=create_access_token(user_id, self._settings),
            refresh_token=secret,
            expires_in=self._settings.access_token_ttl_seconds,
        )
