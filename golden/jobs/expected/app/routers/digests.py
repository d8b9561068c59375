"""Digests."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from app.core.problems import problems
from app.dependencies import DigestServiceDep, get_current_user
from app.schemas.digest import DigestListQuery, DigestPage, DigestRead

router = APIRouter(prefix="/digests", tags=["digests"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_digests(
    query: Annotated[DigestListQuery, Query()], digests: DigestServiceDep
) -> DigestPage:
    """List digests."""
    rows, total = await digests.list(query)
    return DigestPage(
        items=[DigestRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{digest_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_digest(digest_id: UUID, digests: DigestServiceDep) -> DigestRead:
    """Return one digest."""
    digest = await digests.get(digest_id)
    return DigestRead.model_validate(digest)
