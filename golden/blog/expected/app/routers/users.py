"""Users."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from app.core.problems import problems
from app.dependencies import CurrentUserDep, UserServiceDep, get_current_user, require_admin
from app.schemas.user import UserListQuery, UserPage, UserRead, UserUpdate

router = APIRouter(prefix="/users", tags=["users"], responses=problems(422))


@router.get("/me", responses=problems(401))
async def get_me(user: CurrentUserDep) -> UserRead:
    """Return the caller's own user."""
    return UserRead.model_validate(user)


@router.patch("/me", responses=problems(400, 401, 409))
async def update_me(data: UserUpdate, user: CurrentUserDep, users: UserServiceDep) -> UserRead:
    """Change the caller's own user."""
    user = await users.update_me(user, data)
    return UserRead.model_validate(user)


@router.get("", dependencies=[Depends(require_admin)], responses=problems(401, 403))
async def list_users(query: Annotated[UserListQuery, Query()], users: UserServiceDep) -> UserPage:
    """List users."""
    rows, total = await users.list(query)
    return UserPage(
        items=[UserRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{user_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_user(user_id: UUID, users: UserServiceDep) -> UserRead:
    """Return one user."""
    user = await users.get(user_id)
    return UserRead.model_validate(user)


@router.patch("/{user_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_user(
    user_id: UUID, data: UserUpdate, users: UserServiceDep, caller: CurrentUserDep
) -> UserRead:
    """Change a user."""
    user = await users.update(user_id, data, caller)
    return UserRead.model_validate(user)


@router.delete(
    "/{user_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(require_admin)],
    responses=problems(401, 403, 404),
)
async def delete_user(user_id: UUID, users: UserServiceDep) -> None:
    """Delete a user."""
    await users.delete(user_id)
