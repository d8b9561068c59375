"""Everythings."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from app.core.limited_route import LimitedRoute
from app.core.problems import problems
from app.dependencies import EverythingServiceDep, require_admin, require_writer_or_admin
from app.schemas.everything import (
    EverythingBulkCreate,
    EverythingBulkResult,
    EverythingCreate,
    EverythingListQuery,
    EverythingPage,
    EverythingRead,
    EverythingReplace,
    EverythingUpdate,
)
from app.schemas.types import TEXT

router = APIRouter(
    prefix="/everythings", tags=["everythings"], responses=problems(422), route_class=LimitedRoute
)


@router.get("", responses=problems(429))
async def list_everythings(
    query: Annotated[EverythingListQuery, Query()], everythings: EverythingServiceDep
) -> EverythingPage:
    """List everythings."""
    rows, next_cursor = await everythings.list(query)
    return EverythingPage(
        items=[EverythingRead.model_validate(row) for row in rows],
        limit=query.limit,
        next_cursor=next_cursor,
    )


@router.get("/{everything_slug:not_bulk}", responses=problems(404, 429))
async def get_everything(
    everything_slug: Annotated[str, Path(pattern=TEXT)], everythings: EverythingServiceDep
) -> EverythingRead:
    """Return one everything."""
    everything = await everythings.get(everything_slug)
    return EverythingRead.model_validate(everything)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(require_writer_or_admin)],
    responses=problems(400, 401, 403, 409, 429),
)
async def create_everything(
    data: EverythingCreate, everythings: EverythingServiceDep, response: Response
) -> EverythingRead:
    """Create an everything."""
    everything = await everythings.create(data)
    response.headers["Location"] = f"/api/v2/everythings/{everything.slug}"
    return EverythingRead.model_validate(everything)


@router.post(
    "/bulk",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(require_writer_or_admin)],
    responses=problems(400, 401, 403, 409, 429),
)
async def bulk_create_everythings(
    data: EverythingBulkCreate, everythings: EverythingServiceDep
) -> EverythingBulkResult:
    """Create several everythings, all or none."""
    rows = await everythings.bulk_create(data)
    return EverythingBulkResult(items=[EverythingRead.model_validate(row) for row in rows])


@router.patch(
    "/{everything_slug:not_bulk}",
    dependencies=[Depends(require_writer_or_admin)],
    responses=problems(400, 401, 403, 404, 409, 429),
)
async def update_everything(
    everything_slug: Annotated[str, Path(pattern=TEXT)],
    data: EverythingUpdate,
    everythings: EverythingServiceDep,
) -> EverythingRead:
    """Change an everything."""
    everything = await everythings.update(everything_slug, data)
    return EverythingRead.model_validate(everything)


@router.put(
    "/{everything_slug:not_bulk}",
    dependencies=[Depends(require_writer_or_admin)],
    responses=problems(400, 401, 403, 404, 409, 429),
)
async def replace_everything(
    everything_slug: Annotated[str, Path(pattern=TEXT)],
    data: EverythingReplace,
    everythings: EverythingServiceDep,
) -> EverythingRead:
    """Replace an everything."""
    everything = await everythings.replace(everything_slug, data)
    return EverythingRead.model_validate(everything)


@router.delete(
    "/{everything_slug:not_bulk}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(require_admin)],
    responses=problems(401, 403, 404),
)
async def delete_everything(
    everything_slug: Annotated[str, Path(pattern=TEXT)], everythings: EverythingServiceDep
) -> None:
    """Delete an everything."""
    await everythings.delete(everything_slug)
