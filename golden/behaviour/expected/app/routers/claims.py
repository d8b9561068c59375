"""Claims."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.etag import etag, not_modified
from app.core.problems import problems
from app.dependencies import ClaimServiceDep, ClerkDep, CurrentUserDep, IfMatch, IfNoneMatch
from app.schemas.base import PageQuery
from app.schemas.claim import ClaimCreate, ClaimListQuery, ClaimPage, ClaimRead, ClaimUpdate
from app.schemas.claim_stage_change import ClaimStageChangePage, ClaimStageChangeRead

router = APIRouter(prefix="/claims", tags=["claims"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_claims(
    query: Annotated[ClaimListQuery, Query()], claims: ClaimServiceDep, caller: CurrentUserDep
) -> ClaimPage:
    """List claims."""
    rows, total = await claims.list(query, caller)
    return ClaimPage(
        items=[ClaimRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{claim_id:uuid}",
    response_model=ClaimRead,
    responses={**problems(401, 404), 304: {"description": "Not Modified"}},
)
async def get_claim(
    claim_id: UUID,
    claims: ClaimServiceDep,
    caller: CurrentUserDep,
    response: Response,
    if_none_match: IfNoneMatch = None,
) -> ClaimRead | Response:
    """Return one claim."""
    claim = await claims.get(claim_id, caller)
    entity_tag = etag(claim.version)
    if not_modified(if_none_match, claim.version):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": entity_tag})
    response.headers["ETag"] = entity_tag
    return ClaimRead.model_validate(claim)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def create_claim(
    data: ClaimCreate, claims: ClaimServiceDep, caller: CurrentUserDep, response: Response
) -> ClaimRead:
    """Create a claim."""
    claim = await claims.create(data, caller)
    response.headers["ETag"] = etag(claim.version)
    response.headers["Location"] = f"/api/v1/claims/{claim.id}"
    return ClaimRead.model_validate(claim)


@router.patch("/{claim_id:uuid}", responses=problems(400, 401, 403, 404, 409, 412))
async def update_claim(
    claim_id: UUID,
    data: ClaimUpdate,
    claims: ClaimServiceDep,
    caller: CurrentUserDep,
    response: Response,
    if_match: IfMatch = None,
) -> ClaimRead:
    """Change a claim."""
    claim = await claims.update(claim_id, data, caller, if_match)
    response.headers["ETag"] = etag(claim.version)
    return ClaimRead.model_validate(claim)


@router.delete(
    "/{claim_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404, 412)
)
async def delete_claim(
    claim_id: UUID, claims: ClaimServiceDep, caller: CurrentUserDep, if_match: IfMatch = None
) -> None:
    """Delete a claim."""
    await claims.delete(claim_id, caller, if_match)


@router.post("/{claim_id:uuid}/review", responses=problems(401, 403, 404, 409, 412))
async def review_claim(
    claim_id: UUID,
    claims: ClaimServiceDep,
    caller: ClerkDep,
    response: Response,
    if_match: IfMatch = None,
) -> ClaimRead:
    """Review a claim."""
    claim = await claims.review(claim_id, caller, if_match)
    response.headers["ETag"] = etag(claim.version)
    return ClaimRead.model_validate(claim)


@router.post("/{claim_id:uuid}/return", responses=problems(401, 403, 404, 409, 412))
async def send_back_claim(
    claim_id: UUID,
    claims: ClaimServiceDep,
    caller: ClerkDep,
    response: Response,
    if_match: IfMatch = None,
) -> ClaimRead:
    """Send back a claim."""
    claim = await claims.send_back(claim_id, caller, if_match)
    response.headers["ETag"] = etag(claim.version)
    return ClaimRead.model_validate(claim)


@router.post("/{claim_id:uuid}/accept", responses=problems(401, 403, 404, 409, 412))
async def accept_claim(
    claim_id: UUID,
    claims: ClaimServiceDep,
    caller: ClerkDep,
    response: Response,
    if_match: IfMatch = None,
) -> ClaimRead:
    """Accept a claim."""
    claim = await claims.accept(claim_id, caller, if_match)
    response.headers["ETag"] = etag(claim.version)
    return ClaimRead.model_validate(claim)


@router.post("/{claim_id:uuid}/withdraw", responses=problems(401, 403, 404, 409, 412))
async def withdraw_claim(
    claim_id: UUID,
    claims: ClaimServiceDep,
    caller: CurrentUserDep,
    response: Response,
    if_match: IfMatch = None,
) -> ClaimRead:
    """Withdraw a claim."""
    claim = await claims.withdraw(claim_id, caller, if_match)
    response.headers["ETag"] = etag(claim.version)
    return ClaimRead.model_validate(claim)


@router.get("/{claim_id:uuid}/stage-history", responses=problems(401, 404))
async def list_claim_stage_history(
    claim_id: UUID,
    query: Annotated[PageQuery, Query()],
    claims: ClaimServiceDep,
    caller: CurrentUserDep,
) -> ClaimStageChangePage:
    """List the changes of the stage of a claim, the first one first."""
    rows, total = await claims.stage_history(claim_id, query, caller)
    return ClaimStageChangePage(
        items=[ClaimStageChangeRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )
