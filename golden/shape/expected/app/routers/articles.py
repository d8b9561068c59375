"""Articles."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from app.core.problems import problems, row_in
from app.dependencies import ArticleServiceDep, CurrentUserDep
from app.schemas.article import (
    ArticleCreateEnvelope,
    ArticleLineEnvelope,
    ArticleListQuery,
    ArticlePage,
    ArticleRead,
    ArticleReadEnvelope,
    ArticleUpdateEnvelope,
)
from app.schemas.article_status_change import ArticleStatusChangePage, ArticleStatusChangeRead
from app.schemas.base import PageQuery
from app.schemas.types import TEXT
from app.schemas.views import ArticleLine

router = APIRouter(prefix="/articles", tags=["articles"], responses=problems(400))


@router.get("")
async def list_articles(
    query: Annotated[ArticleListQuery, Query()], articles: ArticleServiceDep
) -> ArticlePage:
    """List articles."""
    rows, total = await articles.list(query)
    return ArticlePage(items=[ArticleLine.model_validate(row) for row in rows], total=total)


@router.get("/{article_slug}", responses=problems(404))
async def get_article(
    article_slug: Annotated[str, Path(pattern=TEXT)], articles: ArticleServiceDep
) -> ArticleReadEnvelope:
    """Return one article."""
    article = await articles.get(article_slug)
    return ArticleReadEnvelope(item=ArticleRead.model_validate(article))


@router.post("", dependencies=[Depends(row_in("article"))], responses=problems(401, 409, 422))
async def create_article(
    data: ArticleCreateEnvelope,
    articles: ArticleServiceDep,
    caller: CurrentUserDep,
    response: Response,
) -> ArticleLineEnvelope:
    """Create an article."""
    article = await articles.create(data.item, caller)
    response.headers["Location"] = f"/api/v1/articles/{article.slug}"
    return ArticleLineEnvelope(item=ArticleLine.model_validate(article))


@router.patch(
    "/{article_slug}",
    dependencies=[Depends(row_in("article"))],
    responses=problems(401, 403, 404, 409, 422),
)
async def update_article(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    data: ArticleUpdateEnvelope,
    articles: ArticleServiceDep,
    caller: CurrentUserDep,
) -> ArticleLineEnvelope:
    """Change an article."""
    article = await articles.update(article_slug, data.item, caller)
    return ArticleLineEnvelope(item=ArticleLine.model_validate(article))


@router.delete("/{article_slug}", response_class=Response, responses=problems(401, 403, 404))
async def delete_article(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    articles: ArticleServiceDep,
    caller: CurrentUserDep,
) -> Response:
    """Delete an article."""
    await articles.delete(article_slug, caller)
    return Response()


@router.post("/{article_slug}/publish", responses=problems(401, 403, 404, 409, 422))
async def publish_article(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    articles: ArticleServiceDep,
    caller: CurrentUserDep,
) -> ArticleLineEnvelope:
    """Publish an article."""
    article = await articles.publish(article_slug, caller)
    return ArticleLineEnvelope(item=ArticleLine.model_validate(article))


@router.get("/{article_slug}/status-history", responses=problems(404))
async def list_article_status_history(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    query: Annotated[PageQuery, Query()],
    articles: ArticleServiceDep,
) -> ArticleStatusChangePage:
    """List the changes of the status of an article, the first one first."""
    rows, total = await articles.status_history(article_slug, query)
    return ArticleStatusChangePage(
        items=[ArticleStatusChangeRead.model_validate(row) for row in rows], total=total
    )
