"""Rates."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from app.core.problems import problems
from app.dependencies import IntKey, RateServiceDep
from app.schemas.rate import RateCreate, RateListQuery, RatePage, RateRead, RateUpdate
from app.schemas.types import TEXT

router = APIRouter(prefix="/rates", tags=["rates"], responses=problems(422))


@router.get("")
async def list_rates(query: Annotated[RateListQuery, Query()], rates: RateServiceDep) -> RatePage:
    """List rates."""
    rows, total = await rates.list(query)
    return RatePage(
        items=[RateRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{rate_year:int}/{rate_code}", responses=problems(404))
async def get_rate(
    rate_year: IntKey, rate_code: Annotated[str, Path(pattern=TEXT)], rates: RateServiceDep
) -> RateRead:
    """Return one rate."""
    rate = await rates.get(rate_year, rate_code)
    return RateRead.model_validate(rate)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
async def create_rate(data: RateCreate, rates: RateServiceDep, response: Response) -> RateRead:
    """Create a rate."""
    rate = await rates.create(data)
    response.headers["Location"] = f"/api/v1/rates/{rate.year}/{quote(rate.code, safe='')}"
    return RateRead.model_validate(rate)


@router.patch("/{rate_year:int}/{rate_code}", responses=problems(400, 404, 409))
async def update_rate(
    rate_year: IntKey,
    rate_code: Annotated[str, Path(pattern=TEXT)],
    data: RateUpdate,
    rates: RateServiceDep,
) -> RateRead:
    """Change a rate."""
    rate = await rates.update(rate_year, rate_code, data)
    return RateRead.model_validate(rate)


@router.delete(
    "/{rate_year:int}/{rate_code}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404, 409)
)
async def delete_rate(
    rate_year: IntKey, rate_code: Annotated[str, Path(pattern=TEXT)], rates: RateServiceDep
) -> None:
    """Delete a rate."""
    await rates.delete(rate_year, rate_code)
