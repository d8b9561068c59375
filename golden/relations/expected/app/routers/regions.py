"""Regions."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from app.core.problems import problems
from app.dependencies import IntKey, RegionServiceDep
from app.schemas.region import RegionCreate, RegionListQuery, RegionPage, RegionRead, RegionUpdate
from app.schemas.types import TEXT

router = APIRouter(
    prefix="/countries/{country_code}/regions", tags=["regions"], responses=problems(422)
)


@router.get("", responses=problems(404))
async def list_regions(
    country_code: Annotated[str, Path(pattern=TEXT)],
    query: Annotated[RegionListQuery, Query()],
    regions: RegionServiceDep,
) -> RegionPage:
    """List regions."""
    rows, total = await regions.list(country_code, query)
    return RegionPage(
        items=[RegionRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{region_id:int}", responses=problems(404))
async def get_region(
    country_code: Annotated[str, Path(pattern=TEXT)], region_id: IntKey, regions: RegionServiceDep
) -> RegionRead:
    """Return one region."""
    region = await regions.get(country_code, region_id)
    return RegionRead.model_validate(region)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 404, 409))
async def create_region(
    country_code: Annotated[str, Path(pattern=TEXT)],
    data: RegionCreate,
    regions: RegionServiceDep,
    response: Response,
) -> RegionRead:
    """Create a region."""
    region = await regions.create(country_code, data)
    response.headers["Location"] = (
        f"/api/v1/countries/{quote(country_code, safe='')}/regions/{region.id}"
    )
    return RegionRead.model_validate(region)


@router.patch("/{region_id:int}", responses=problems(400, 404, 409))
async def update_region(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    data: RegionUpdate,
    regions: RegionServiceDep,
) -> RegionRead:
    """Change a region."""
    region = await regions.update(country_code, region_id, data)
    return RegionRead.model_validate(region)


@router.delete("/{region_id:int}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_region(
    country_code: Annotated[str, Path(pattern=TEXT)], region_id: IntKey, regions: RegionServiceDep
) -> None:
    """Delete a region."""
    await regions.delete(country_code, region_id)
