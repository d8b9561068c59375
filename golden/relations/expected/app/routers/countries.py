"""Countries."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from app.core.problems import problems
from app.dependencies import CountryServiceDep
from app.schemas.country import (
    CountryCreate,
    CountryListQuery,
    CountryPage,
    CountryRead,
    CountryUpdate,
)
from app.schemas.types import TEXT

router = APIRouter(prefix="/countries", tags=["countries"], responses=problems(422))


@router.get("")
async def list_countries(
    query: Annotated[CountryListQuery, Query()], countries: CountryServiceDep
) -> CountryPage:
    """List countries."""
    rows, total = await countries.list(query)
    return CountryPage(
        items=[CountryRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{country_code}", responses=problems(404))
async def get_country(
    country_code: Annotated[str, Path(pattern=TEXT)], countries: CountryServiceDep
) -> CountryRead:
    """Return one country."""
    country = await countries.get(country_code)
    return CountryRead.model_validate(country)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
async def create_country(
    data: CountryCreate, countries: CountryServiceDep, response: Response
) -> CountryRead:
    """Create a country."""
    country = await countries.create(data)
    response.headers["Location"] = f"/api/v1/countries/{quote(country.code, safe='')}"
    return CountryRead.model_validate(country)


@router.patch("/{country_code}", responses=problems(400, 404, 409))
async def update_country(
    country_code: Annotated[str, Path(pattern=TEXT)],
    data: CountryUpdate,
    countries: CountryServiceDep,
) -> CountryRead:
    """Change a country."""
    country = await countries.update(country_code, data)
    return CountryRead.model_validate(country)


@router.delete("/{country_code}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_country(
    country_code: Annotated[str, Path(pattern=TEXT)], countries: CountryServiceDep
) -> None:
    """Delete a country."""
    await countries.delete(country_code)
