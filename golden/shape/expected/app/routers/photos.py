"""Photos."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import PhotoServiceDep, require_admin
from app.schemas.photo import (
    PhotoCreate,
    PhotoListQuery,
    PhotoPage,
    PhotoRead,
    PhotoReadEnvelope,
    PhotoUpdate,
)

router = APIRouter(prefix="/photos", tags=["photos"], responses=problems(400))


@router.get("")
async def list_photos(
    query: Annotated[PhotoListQuery, Query()], photos: PhotoServiceDep
) -> PhotoPage:
    """List photos."""
    rows, total = await photos.list(query)
    return PhotoPage(
        items=[PhotoRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        page=query.page,
    )


@router.get("/{photo_id:uuid}", responses=problems(404))
async def get_photo(photo_id: UUID, photos: PhotoServiceDep) -> PhotoReadEnvelope:
    """Return one photo."""
    photo = await photos.get(photo_id)
    return PhotoReadEnvelope(item=PhotoRead.model_validate(photo))


@router.post("", dependencies=[Depends(require_admin)], responses=problems(401, 403, 409))
async def create_photo(
    data: PhotoCreate, photos: PhotoServiceDep, response: Response
) -> PhotoReadEnvelope:
    """Create a photo."""
    photo = await photos.create(data)
    response.headers["Location"] = f"/api/v1/photos/{photo.id}"
    return PhotoReadEnvelope(item=PhotoRead.model_validate(photo))


@router.patch(
    "/{photo_id:uuid}",
    dependencies=[Depends(require_admin)],
    responses=problems(401, 403, 404, 409),
)
async def update_photo(
    photo_id: UUID, data: PhotoUpdate, photos: PhotoServiceDep
) -> PhotoReadEnvelope:
    """Change a photo."""
    photo = await photos.update(photo_id, data)
    return PhotoReadEnvelope(item=PhotoRead.model_validate(photo))


@router.delete(
    "/{photo_id:uuid}",
    response_class=Response,
    dependencies=[Depends(require_admin)],
    responses=problems(401, 403, 404),
)
async def delete_photo(photo_id: UUID, photos: PhotoServiceDep) -> Response:
    """Delete a photo."""
    await photos.delete(photo_id)
    return Response()
