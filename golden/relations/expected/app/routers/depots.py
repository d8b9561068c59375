"""Depots."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from app.core.problems import problems
from app.dependencies import DepotServiceDep, IntKey
from app.schemas.depot import (
    DepotBulkCreate,
    DepotBulkResult,
    DepotCreate,
    DepotListQuery,
    DepotPage,
    DepotRead,
    DepotReplace,
    DepotUpdate,
)
from app.schemas.types import TEXT

router = APIRouter(
    prefix="/countries/{country_code}/regions/{region_id:int}/depots",
    tags=["depots"],
    responses=problems(422),
)


@router.get("", responses=problems(404))
async def list_depots(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    query: Annotated[DepotListQuery, Query()],
    depots: DepotServiceDep,
) -> DepotPage:
    """List depots."""
    rows, total = await depots.list(country_code, region_id, query)
    return DepotPage(
        items=[DepotRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{depot_code:not_bulk}", responses=problems(404))
async def get_depot(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    depot_code: Annotated[str, Path(pattern=TEXT)],
    depots: DepotServiceDep,
) -> DepotRead:
    """Return one depot."""
    depot = await depots.get(country_code, region_id, depot_code)
    return DepotRead.model_validate(depot)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 404, 409))
async def create_depot(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    data: DepotCreate,
    depots: DepotServiceDep,
    response: Response,
) -> DepotRead:
    """Create a depot."""
    depot = await depots.create(country_code, region_id, data)
    response.headers["Location"] = (
        f"/api/v1/countries/{quote(country_code, safe='')}/regions/{region_id}/"
        f"depots/{quote(depot.code, safe='')}"
    )
    return DepotRead.model_validate(depot)


@router.post("/bulk", status_code=HTTPStatus.CREATED, responses=problems(400, 404, 409))
async def bulk_create_depots(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    data: DepotBulkCreate,
    depots: DepotServiceDep,
) -> DepotBulkResult:
    """Create several depots, all or none."""
    rows = await depots.bulk_create(country_code, region_id, data)
    return DepotBulkResult(items=[DepotRead.model_validate(row) for row in rows])


@router.patch("/{depot_code:not_bulk}", responses=problems(400, 404, 409))
async def update_depot(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    depot_code: Annotated[str, Path(pattern=TEXT)],
    data: DepotUpdate,
    depots: DepotServiceDep,
) -> DepotRead:
    """Change a depot."""
    depot = await depots.update(country_code, region_id, depot_code, data)
    return DepotRead.model_validate(depot)


@router.put("/{depot_code:not_bulk}", responses=problems(400, 404, 409))
async def replace_depot(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    depot_code: Annotated[str, Path(pattern=TEXT)],
    data: DepotReplace,
    depots: DepotServiceDep,
) -> DepotRead:
    """Replace a depot."""
    depot = await depots.replace(country_code, region_id, depot_code, data)
    return DepotRead.model_validate(depot)


@router.delete("/{depot_code:not_bulk}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_depot(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    depot_code: Annotated[str, Path(pattern=TEXT)],
    depots: DepotServiceDep,
) -> None:
    """Delete a depot."""
    await depots.delete(country_code, region_id, depot_code)
