"""Streets."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.core.problems import problems
from app.dependencies import IntKey, StreetServiceDep
from app.schemas.street import (
    StreetBulkCreate,
    StreetBulkResult,
    StreetCreate,
    StreetListQuery,
    StreetPage,
    StreetRead,
    StreetReplace,
    StreetUpdate,
)
from app.schemas.types import TEXT

router = APIRouter(
    prefix="/countries/{country_code}/regions/{region_id:int}/towns/{town_slug}/streets",
    tags=["streets"],
    responses=problems(422),
)


@router.get("", responses=problems(404))
async def list_streets(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    town_slug: Annotated[str, Path(pattern=TEXT)],
    query: Annotated[StreetListQuery, Query()],
    streets: StreetServiceDep,
) -> StreetPage:
    """List streets."""
    rows, total = await streets.list(country_code, region_id, town_slug, query)
    return StreetPage(
        items=[StreetRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{street_id:uuid}", responses=problems(404))
async def get_street(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    town_slug: Annotated[str, Path(pattern=TEXT)],
    street_id: UUID,
    streets: StreetServiceDep,
) -> StreetRead:
    """Return one street."""
    street = await streets.get(country_code, region_id, town_slug, street_id)
    return StreetRead.model_validate(street)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 404, 409))
async def create_street(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    town_slug: Annotated[str, Path(pattern=TEXT)],
    data: StreetCreate,
    streets: StreetServiceDep,
    response: Response,
) -> StreetRead:
    """Create a street."""
    street = await streets.create(country_code, region_id, town_slug, data)
    response.headers["Location"] = (
        f"/api/v1/countries/{quote(country_code, safe='')}/regions/{region_id}/"
        f"towns/{town_slug}/streets/{street.id}"
    )
    return StreetRead.model_validate(street)


@router.post("/bulk", status_code=HTTPStatus.CREATED, responses=problems(400, 404, 409))
async def bulk_create_streets(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    town_slug: Annotated[str, Path(pattern=TEXT)],
    data: StreetBulkCreate,
    streets: StreetServiceDep,
) -> StreetBulkResult:
    """Create several streets, all or none."""
    rows = await streets.bulk_create(country_code, region_id, town_slug, data)
    return StreetBulkResult(items=[StreetRead.model_validate(row) for row in rows])


@router.patch("/{street_id:uuid}", responses=problems(400, 404, 409))
async def update_street(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    town_slug: Annotated[str, Path(pattern=TEXT)],
    street_id: UUID,
    data: StreetUpdate,
    streets: StreetServiceDep,
) -> StreetRead:
    """Change a street."""
    street = await streets.update(country_code, region_id, town_slug, street_id, data)
    return StreetRead.model_validate(street)


@router.put("/{street_id:uuid}", responses=problems(400, 404, 409))
async def replace_street(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    town_slug: Annotated[str, Path(pattern=TEXT)],
    street_id: UUID,
    data: StreetReplace,
    streets: StreetServiceDep,
) -> StreetRead:
    """Replace a street."""
    street = await streets.replace(country_code, region_id, town_slug, street_id, data)
    return StreetRead.model_validate(street)


@router.delete("/{street_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_street(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    town_slug: Annotated[str, Path(pattern=TEXT)],
    street_id: UUID,
    streets: StreetServiceDep,
) -> None:
    """Delete a street."""
    await streets.delete(country_code, region_id, town_slug, street_id)
