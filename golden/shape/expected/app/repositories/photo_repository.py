"""Queries on photos."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Photo
from app.repositories.base import Repository
from app.schemas.photo import PhotoListQuery, PhotoSort

_ORDERS: dict[PhotoSort, UnaryExpression[Any]] = {
    PhotoSort.CREATED_AT: Photo.created_at.asc(),
    PhotoSort.CREATED_AT_DESC: Photo.created_at.desc(),
}


class PhotoRepository(Repository[Photo]):
    """Photos."""

    model = Photo

    async def get(self, photo_id: UUID) -> Photo | None:
        """Return the photo with this key, if there is one."""
        return await self.session.scalar(self.select().where(Photo.id == photo_id))

    async def list(self, query: PhotoListQuery) -> tuple[Sequence[Photo], int]:
        """Return one page of the photos."""
        statement = self.select().order_by(_ORDERS[query.sort], Photo.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
