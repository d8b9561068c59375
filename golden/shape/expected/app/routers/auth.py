"""Registration and tokens."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form

from app.core.problems import problems, row_in
from app.dependencies import AuthServiceDep, MemberServiceDep, forbid_caching, limit_auth_attempts
from app.schemas.auth import PasswordGrant, RefreshRequest, TokenPair
from app.schemas.member import MemberCreateEnvelope, MemberRead, MemberReadEnvelope

router = APIRouter(
    prefix="/auth",
    tags=["auth"],
    dependencies=[Depends(limit_auth_attempts), Depends(forbid_caching)],
    responses=problems(400, 429),
)


@router.post(
    "/register",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(row_in("user"))],
    responses=problems(409),
)
async def register(data: MemberCreateEnvelope, accounts: MemberServiceDep) -> MemberReadEnvelope:
    """Create an account."""
    shown = MemberRead.model_validate(await accounts.register(data.item))
    return MemberReadEnvelope(item=shown)


@router.post("/token")
async def sign_in(form: Annotated[PasswordGrant, Form()], auth: AuthServiceDep) -> TokenPair:
    """Exchange a login (as `username`) and a password for tokens."""
    return await auth.sign_in(form.username, form.password)


@router.post("/refresh")
async def refresh(data: RefreshRequest, auth: AuthServiceDep) -> TokenPair:
    """Exchange a refresh token for new tokens; it cannot be used again."""
    return await auth.refresh(data.refresh_token)


@router.post("/revoke", status_code=HTTPStatus.NO_CONTENT)
async def sign_out(data: RefreshRequest, auth: AuthServiceDep) -> None:
    """Revoke a refresh token and everything derived from it."""
    await auth.sign_out(data.refresh_token)
