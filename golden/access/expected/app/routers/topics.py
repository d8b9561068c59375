"""Topics."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Response

from app.core.problems import problems
from app.dependencies import TopicServiceDep, get_current_user
from app.schemas.topic import (
    TopicBulkCreate,
    TopicBulkResult,
    TopicCreate,
    TopicListQuery,
    TopicPage,
    TopicRead,
    TopicReplace,
    TopicUpdate,
)
from app.schemas.types import TEXT

router = APIRouter(prefix="/topics", tags=["topics"], responses=problems(422))


@router.get("")
async def list_topics(
    query: Annotated[TopicListQuery, Query()], topics: TopicServiceDep
) -> TopicPage:
    """List topics."""
    rows, total = await topics.list(query)
    return TopicPage(
        items=[TopicRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{topic_code:not_bulk}", responses=problems(404))
async def get_topic(
    topic_code: Annotated[str, Path(pattern=TEXT)], topics: TopicServiceDep
) -> TopicRead:
    """Return one topic."""
    topic = await topics.get(topic_code)
    return TopicRead.model_validate(topic)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_topic(data: TopicCreate, topics: TopicServiceDep, response: Response) -> TopicRead:
    """Create a topic."""
    topic = await topics.create(data)
    response.headers["Location"] = f"/api/v1/topics/{quote(topic.code, safe='')}"
    return TopicRead.model_validate(topic)


@router.post(
    "/bulk",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def bulk_create_topics(data: TopicBulkCreate, topics: TopicServiceDep) -> TopicBulkResult:
    """Create several topics, all or none."""
    rows = await topics.bulk_create(data)
    return TopicBulkResult(items=[TopicRead.model_validate(row) for row in rows])


@router.patch(
    "/{topic_code:not_bulk}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_topic(
    topic_code: Annotated[str, Path(pattern=TEXT)], data: TopicUpdate, topics: TopicServiceDep
) -> TopicRead:
    """Change a topic."""
    topic = await topics.update(topic_code, data)
    return TopicRead.model_validate(topic)


@router.put(
    "/{topic_code:not_bulk}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def replace_topic(
    topic_code: Annotated[str, Path(pattern=TEXT)], data: TopicReplace, topics: TopicServiceDep
) -> TopicRead:
    """Replace a topic."""
    topic = await topics.replace(topic_code, data)
    return TopicRead.model_validate(topic)


@router.delete(
    "/{topic_code:not_bulk}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404, 409),
)
async def delete_topic(
    topic_code: Annotated[str, Path(pattern=TEXT)], topics: TopicServiceDep
) -> None:
    """Delete a topic."""
    await topics.delete(topic_code)
