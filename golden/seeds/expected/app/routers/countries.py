"""Countries."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from app.core.problems import problems
from app.dependencies import CountryServiceDep, get_current_user
from app.schemas.country import CountryListQuery, CountryPage, CountryRead
from app.schemas.types import TEXT

router = APIRouter(prefix="/countries", tags=["countries"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
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


@router.get(
    "/{country_code}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_country(
    country_code: Annotated[str, Path(pattern=TEXT)], countries: CountryServiceDep
) -> CountryRead:
    """Return one country."""
    country = await countries.get(country_code)
    return CountryRead.model_validate(country)
