"""Accounts."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.limited_route import LimitedRoute
from app.core.problems import problems
from app.dependencies import AccountServiceDep, CurrentUserDep, require_admin
from app.schemas.account import (
    AccountCreate,
    AccountListQuery,
    AccountPage,
    AccountRead,
    AccountUpdate,
)

router = APIRouter(
    prefix="/accounts", tags=["accounts"], responses=problems(422), route_class=LimitedRoute
)


@router.get("/me", responses=problems(401, 429))
async def get_me(account: CurrentUserDep) -> AccountRead:
    """Return the caller's own account."""
    return AccountRead.model_validate(account)


@router.patch("/me", responses=problems(400, 401, 409, 429))
async def update_me(
    data: AccountUpdate, account: CurrentUserDep, accounts: AccountServiceDep
) -> AccountRead:
    """Change the caller's own account."""
    account = await accounts.update_me(account, data)
    return AccountRead.model_validate(account)


@router.get("", dependencies=[Depends(require_admin)], responses=problems(401, 403, 429))
async def list_accounts(
    query: Annotated[AccountListQuery, Query()], accounts: AccountServiceDep
) -> AccountPage:
    """List accounts."""
    rows, total = await accounts.list(query)
    return AccountPage(
        items=[AccountRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{account_id:uuid}", responses=problems(401, 404, 429))
async def get_account(
    account_id: UUID, accounts: AccountServiceDep, caller: CurrentUserDep
) -> AccountRead:
    """Return one account."""
    account = await accounts.get(account_id, caller)
    return AccountRead.model_validate(account)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(require_admin)],
    responses=problems(400, 401, 403, 409, 429),
)
async def create_account(
    data: AccountCreate, accounts: AccountServiceDep, response: Response
) -> AccountRead:
    """Create an account."""
    account = await accounts.create(data)
    response.headers["Location"] = f"/api/v2/accounts/{account.id}"
    return AccountRead.model_validate(account)


@router.patch("/{account_id:uuid}", responses=problems(400, 401, 403, 404, 409, 429))
async def update_account(
    account_id: UUID, data: AccountUpdate, accounts: AccountServiceDep, caller: CurrentUserDep
) -> AccountRead:
    """Change an account."""
    account = await accounts.update(account_id, data, caller)
    return AccountRead.model_validate(account)
