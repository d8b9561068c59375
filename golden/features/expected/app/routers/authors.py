"""Authors."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.core.limited_route import LimitedRoute
from app.core.problems import problems
from app.dependencies import AuthorServiceDep, IntKey, get_current_user
from app.schemas.author import AuthorCreate, AuthorListQuery, AuthorPage, AuthorRead

router = APIRouter(
    prefix="/writers", tags=["writers"], responses=problems(422), route_class=LimitedRoute
)


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401, 429))
async def list_authors(
    query: Annotated[AuthorListQuery, Query()], authors: AuthorServiceDep
) -> AuthorPage:
    """List authors."""
    rows, total = await authors.list(query)
    return AuthorPage(
        items=[AuthorRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{author_id:int}", dependencies=[Depends(get_current_user)], responses=problems(401, 404, 429)
)
async def get_author(author_id: IntKey, authors: AuthorServiceDep) -> AuthorRead:
    """Return one author."""
    author = await authors.get(author_id)
    return AuthorRead.model_validate(author)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409, 429),
)
async def create_author(
    data: AuthorCreate, authors: AuthorServiceDep, response: Response
) -> AuthorRead:
    """Create an author."""
    author = await authors.create(data)
    response.headers["Location"] = f"/api/v2/writers/{author.id}"
    return AuthorRead.model_validate(author)
