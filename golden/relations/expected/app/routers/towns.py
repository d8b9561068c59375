"""Towns."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from app.core.problems import problems
from app.dependencies import IntKey, TownServiceDep
from app.schemas.town import TownCreate, TownListQuery, TownPage, TownRead, TownUpdate
from app.schemas.types import TEXT

router = APIRouter(
    prefix="/countries/{country_code}/regions/{region_id:int}/towns",
    tags=["towns"],
    responses=problems(422),
)


@router.get("", responses=problems(404))
async def list_towns(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    query: Annotated[TownListQuery, Query()],
    towns: TownServiceDep,
) -> TownPage:
    """List towns."""
    rows, next_cursor = await towns.list(country_code, region_id, query)
    return TownPage(
        items=[TownRead.model_validate(row) for row in rows],
        limit=query.limit,
        next_cursor=next_cursor,
    )


@router.get("/{town_slug}", responses=problems(404))
async def get_town(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    town_slug: Annotated[str, Path(pattern=TEXT)],
    towns: TownServiceDep,
) -> TownRead:
    """Return one town."""
    town = await towns.get(country_code, region_id, town_slug)
    return TownRead.model_validate(town)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 404, 409))
async def create_town(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    data: TownCreate,
    towns: TownServiceDep,
    response: Response,
) -> TownRead:
    """Create a town."""
    town = await towns.create(country_code, region_id, data)
    response.headers["Location"] = (
        f"/api/v1/countries/{quote(country_code, safe='')}/regions/{region_id}/towns/{town.slug}"
    )
    return TownRead.model_validate(town)


@router.patch("/{town_slug}", responses=problems(400, 404, 409))
async def update_town(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    town_slug: Annotated[str, Path(pattern=TEXT)],
    data: TownUpdate,
    towns: TownServiceDep,
) -> TownRead:
    """Change a town."""
    town = await towns.update(country_code, region_id, town_slug, data)
    return TownRead.model_validate(town)


@router.delete("/{town_slug}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_town(
    country_code: Annotated[str, Path(pattern=TEXT)],
    region_id: IntKey,
    town_slug: Annotated[str, Path(pattern=TEXT)],
    towns: TownServiceDep,
) -> None:
    """Delete a town."""
    await towns.delete(country_code, region_id, town_slug)
