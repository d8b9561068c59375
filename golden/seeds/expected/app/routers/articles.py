"""Articles."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from app.core.etag import etag
from app.core.problems import problems
from app.dependencies import ArticleServiceDep, IfMatch, get_current_user
from app.schemas.article import (
    ArticleCreate,
    ArticleListQuery,
    ArticlePage,
    ArticleRead,
    ArticleUpdate,
)
from app.schemas.types import TEXT

router = APIRouter(prefix="/articles", tags=["articles"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_articles(
    query: Annotated[ArticleListQuery, Query()], articles: ArticleServiceDep
) -> ArticlePage:
    """List articles."""
    rows, total = await articles.list(query)
    return ArticlePage(
        items=[ArticleRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{article_slug}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_article(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    articles: ArticleServiceDep,
    response: Response,
) -> ArticleRead:
    """Return one article."""
    article = await articles.get(article_slug)
    response.headers["ETag"] = etag(article.version)
    return ArticleRead.model_validate(article)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_article(
    data: ArticleCreate, articles: ArticleServiceDep, response: Response
) -> ArticleRead:
    """Create an article."""
    article = await articles.create(data)
    response.headers["ETag"] = etag(article.version)
    response.headers["Location"] = f"/api/v1/articles/{article.slug}"
    return ArticleRead.model_validate(article)


@router.patch(
    "/{article_slug}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409, 412),
)
async def update_article(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    data: ArticleUpdate,
    articles: ArticleServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> ArticleRead:
    """Change an article."""
    article = await articles.update(article_slug, data, if_match)
    response.headers["ETag"] = etag(article.version)
    return ArticleRead.model_validate(article)


@router.delete(
    "/{article_slug}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404, 412),
)
async def delete_article(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    articles: ArticleServiceDep,
    if_match: IfMatch = None,
) -> None:
    """Delete an article."""
    await articles.delete(article_slug, if_match)


@router.post(
    "/{article_slug}/publish",
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404, 409, 412),
)
async def publish_article(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    articles: ArticleServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> ArticleRead:
    """Publish an article."""
    article = await articles.publish(article_slug, if_match)
    response.headers["ETag"] = etag(article.version)
    return ArticleRead.model_validate(article)
