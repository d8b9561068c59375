"""Photos."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Photo
from app.repositories.photo_repository import PhotoRepository
from app.schemas.photo import PhotoCreate, PhotoListQuery, PhotoUpdate


class PhotoService:
    """Use cases of photos."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._photos = PhotoRepository(session)

    async def list(self, query: PhotoListQuery) -> tuple[Sequence[Photo], int]:
        """List photos."""
        return await self._photos.list(query)

    async def get(self, photo_id: UUID) -> Photo:
        """Return one photo."""
        photo = await self._photos.get(photo_id)
        if photo is None:
            detail = "Photo not found"
            raise NotFoundError(detail)
        return photo

    async def create(self, data: PhotoCreate) -> Photo:
        """Create a photo."""
        photo = Photo(title=data.title)
        await self._photos.create(photo)
        return photo

    async def update(self, photo_id: UUID, data: PhotoUpdate) -> Photo:
        """Change a photo."""
        photo = await self.get(photo_id)
        if data.title is not MISSING:
            photo.title = data.title
        await self._photos.update(photo)
        return photo

    async def delete(self, photo_id: UUID) -> None:
        """Delete a photo."""
        photo = await self.get(photo_id)
        await self._photos.delete(photo)
