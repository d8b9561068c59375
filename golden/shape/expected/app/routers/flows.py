"""Flows."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.problems import problems
from app.dependencies import FlowMethodsDep, IdempotencyDep, get_current_user
from app.schemas.article import ArticleRead, ArticleReadEnvelope
from app.schemas.flows import CountInput

router = APIRouter(tags=["flows"], responses=problems(400))


@router.post(
    "/articles/{article_id:uuid}/count",
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404, 409, 422),
)
async def count(
    article_id: UUID, data: CountInput, flows: FlowMethodsDep, idempotency: IdempotencyDep
) -> ArticleReadEnvelope:
    """Count."""
    article = await flows.count(article_id, data.words)
    return await idempotency.keep(
        ArticleReadEnvelope(item=ArticleRead.model_validate(article)), HTTPStatus.OK
    )
