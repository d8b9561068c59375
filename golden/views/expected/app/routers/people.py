"""People."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from app.core.problems import problems
from app.dependencies import CurrentUserDep, PersonServiceDep, get_current_user
from app.schemas.person import PersonListQuery, PersonPage, PersonRead, PersonUpdate
from app.schemas.views import PersonProfile
from app.services.person_service import PersonService

router = APIRouter(prefix="/people", tags=["people"], responses=problems(422))


@router.get("/me", responses=problems(401))
async def get_me(person: CurrentUserDep) -> PersonRead:
    """Return the caller's own person."""
    return PersonService.represent(person, person)


@router.patch("/me", responses=problems(400, 401, 409))
async def update_me(
    data: PersonUpdate, person: CurrentUserDep, people: PersonServiceDep
) -> PersonRead:
    """Change the caller's own person."""
    person = await people.update_me(person, data)
    return PersonService.represent(person, person)


@router.get("", responses=problems(401))
async def list_people(
    query: Annotated[PersonListQuery, Query()], people: PersonServiceDep, caller: CurrentUserDep
) -> PersonPage:
    """List people."""
    rows, total = await people.list(query)
    return PersonPage(
        items=[PersonService.represent(row, caller) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{person_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_person(person_id: UUID, people: PersonServiceDep) -> PersonProfile:
    """Return one person."""
    person = await people.show(person_id)
    return PersonProfile.model_validate(person)


@router.patch("/{person_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_person(
    person_id: UUID, data: PersonUpdate, people: PersonServiceDep, caller: CurrentUserDep
) -> PersonRead:
    """Change a person."""
    person = await people.update(person_id, data, caller)
    return PersonService.represent(person, caller)
