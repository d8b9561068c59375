"""Topics."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import TopicServiceDep, get_current_user, require_clerk
from app.schemas.topic import (
    TopicCreate,
    TopicListQuery,
    TopicPage,
    TopicRead,
    TopicReplace,
    TopicUpdate,
)

router = APIRouter(prefix="/topics", tags=["topics"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
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


@router.get(
    "/{topic_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_topic(topic_id: UUID, topics: TopicServiceDep) -> TopicRead:
    """Return one topic."""
    topic = await topics.get(topic_id)
    return TopicRead.model_validate(topic)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(require_clerk)],
    responses=problems(400, 401, 403, 409),
)
async def create_topic(data: TopicCreate, topics: TopicServiceDep, response: Response) -> TopicRead:
    """Create a topic."""
    topic = await topics.create(data)
    response.headers["Location"] = f"/api/v1/topics/{topic.id}"
    return TopicRead.model_validate(topic)


@router.patch(
    "/{topic_id:uuid}",
    dependencies=[Depends(require_clerk)],
    responses=problems(400, 401, 403, 404, 409),
)
async def update_topic(topic_id: UUID, data: TopicUpdate, topics: TopicServiceDep) -> TopicRead:
    """Change a topic."""
    topic = await topics.update(topic_id, data)
    return TopicRead.model_validate(topic)


@router.put(
    "/{topic_id:uuid}",
    dependencies=[Depends(require_clerk)],
    responses=problems(400, 401, 403, 404, 409),
)
async def replace_topic(topic_id: UUID, data: TopicReplace, topics: TopicServiceDep) -> TopicRead:
    """Replace a topic."""
    topic = await topics.replace(topic_id, data)
    return TopicRead.model_validate(topic)


@router.delete(
    "/{topic_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(require_clerk)],
    responses=problems(401, 403, 404, 409),
)
async def delete_topic(topic_id: UUID, topics: TopicServiceDep) -> None:
    """Delete a topic."""
    await topics.delete(topic_id)
