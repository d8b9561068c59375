"""Queries on API keys."""

from app.models.api_key import ApiKey
from app.repositories.base import Repository


class ApiKeyRepository(Repository[ApiKey]):
    """API keys."""

    model = ApiKey

    async def get_by_fingerprint(self, fingerprint: str) -> ApiKey | None:
        """Return the key with this fingerprint, unless it is revoked."""
        statement = self.select().where(
            ApiKey.fingerprint == fingerprint, ApiKey.revoked_at.is_(None)
        )
        return await self.session.scalar(statement)
