"""Accounts."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import AccountServiceDep, CurrentUserDep
from app.schemas.account import (
    AccountCreate,
    AccountListQuery,
    AccountPage,
    AccountRead,
    AccountUpdate,
)

router = APIRouter(prefix="/accounts", tags=["accounts"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_accounts(
    query: Annotated[AccountListQuery, Query()], accounts: AccountServiceDep, caller: CurrentUserDep
) -> AccountPage:
    """List accounts."""
    rows, total = await accounts.list(query, caller)
    return AccountPage(
        items=[AccountRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{account_id:uuid}", responses=problems(401, 404))
async def get_account(
    account_id: UUID, accounts: AccountServiceDep, caller: CurrentUserDep
) -> AccountRead:
    """Return one account."""
    account = await accounts.get(account_id, caller)
    return AccountRead.model_validate(account)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def create_account(
    data: AccountCreate, accounts: AccountServiceDep, caller: CurrentUserDep, response: Response
) -> AccountRead:
    """Create an account."""
    account = await accounts.create(data, caller)
    response.headers["Location"] = f"/api/v1/accounts/{account.id}"
    return AccountRead.model_validate(account)


@router.patch("/{account_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_account(
    account_id: UUID, data: AccountUpdate, accounts: AccountServiceDep, caller: CurrentUserDep
) -> AccountRead:
    """Change an account."""
    account = await accounts.update(account_id, data, caller)
    return AccountRead.model_validate(account)


@router.delete(
    "/{account_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404, 409)
)
async def delete_account(
    account_id: UUID, accounts: AccountServiceDep, caller: CurrentUserDep
) -> None:
    """Delete an account."""
    await accounts.delete(account_id, caller)
