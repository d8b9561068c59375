"""Topics."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from app.core.problems import problems
from app.dependencies import TopicServiceDep, get_current_user
from app.schemas.topic import TopicCreate, TopicListQuery, TopicPage, TopicRead, TopicUpdate
from app.schemas.types import TEXT

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


@router.get("/{topic_slug}", dependencies=[Depends(get_current_user)], responses=problems(401, 404))
async def get_topic(
    topic_slug: Annotated[str, Path(pattern=TEXT)], topics: TopicServiceDep
) -> TopicRead:
    """Return one topic."""
    topic = await topics.get(topic_slug)
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
    response.headers["Location"] = f"/api/v1/topics/{topic.slug}"
    return TopicRead.model_validate(topic)


@router.patch(
    "/{topic_slug}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_topic(
    topic_slug: Annotated[str, Path(pattern=TEXT)], data: TopicUpdate, topics: TopicServiceDep
) -> TopicRead:
    """Change a topic."""
    topic = await topics.update(topic_slug, data)
    return TopicRead.model_validate(topic)


@router.delete(
    "/{topic_slug}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_topic(
    topic_slug: Annotated[str, Path(pattern=TEXT)], topics: TopicServiceDep
) -> None:
    """Delete a topic."""
    await topics.delete(topic_slug)
