"""Password hashing and tokens."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import jwt
from anyio import to_thread
from pwdlib import PasswordHash

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.errors import AuthenticationError
from app.core.ids import uuid7
from app.core.metadata import NAME

_ALGORITHM = "HS256"
_hasher = PasswordHash.recommended()
_dummy_hash = _hasher.hash(secrets.token_urlsafe(16))


async def hash_password(password: str) -> str:
    """Hash in a worker thread: Argon2 is slow on purpose and would block the event loop."""
    return await to_thread.run_sync(_hasher.hash, password)


async def verify_password(password: str, hashed: str | None) -> tuple[bool, str | None]:
    """Check a password and return a new hash when the stored one should be upgraded.

    An unknown user costs as much time as a wrong password, so accounts cannot be enumerated.
    """
    valid, upgraded = await to_thread.run_sync(
        _hasher.verify_and_update, password, hashed or _dummy_hash
    )
    return valid and hashed is not None, upgraded


@dataclass(frozen=True, slots=True)
class AccessTokenClaims:
    """What an access token asserts."""

    user_id: UUID


def create_access_token(user_id: UUID, settings: Settings) -> str:
    """Return a signed, short-lived access token."""
    now = utcnow()
    return jwt.encode(
        {
            "iss": NAME,
            "aud": NAME,
            "sub": str(user_id),
            "jti": str(uuid7()),
            "iat": now,
            "exp": now + timedelta(seconds=settings.access_token_ttl_seconds),
        },
        settings.secret_key.get_secret_value(),
        algorithm=_ALGORITHM,
    )


def decode_access_token(token: str, settings: Settings) -> AccessTokenClaims:
    """Verify a token and return its claims."""
    try:
        payload = jwt.decode(
            token,
            settings.secret_key.get_secret_value(),
            algorithms=[_ALGORITHM],
            audience=NAME,
            issuer=NAME,
            options={"require": ["exp", "iat", "sub", "jti"]},
        )
        return AccessTokenClaims(user_id=UUID(payload["sub"]))
    except (jwt.InvalidTokenError, ValueError) as error:
        detail = "Invalid or expired token"
        raise AuthenticationError(detail) from error


def new_refresh_token() -> str:
    """Return an opaque 256-bit secret."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """Return what is stored instead of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()
