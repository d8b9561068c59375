"""Articles."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.core.etag import etag
from app.core.problems import problems
from app.dependencies import ArticleServiceDep, CurrentUserDep, IfMatch, OptionalUserDep
from app.schemas.article import ArticleCreate, ArticleListQuery, ArticlePage, ArticleUpdate
from app.schemas.types import TEXT
from app.schemas.views import ArticleFull, ArticleSummary

router = APIRouter(prefix="/articles", tags=["articles"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_articles(
    query: Annotated[ArticleListQuery, Query()],
    articles: ArticleServiceDep,
    caller: OptionalUserDep,
) -> ArticlePage:
    """List articles."""
    rows, total = await articles.list(query, caller)
    return ArticlePage(
        items=[ArticleSummary.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{article_slug}", responses=problems(401, 404))
async def get_article(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    articles: ArticleServiceDep,
    caller: OptionalUserDep,
    response: Response,
) -> ArticleFull:
    """Return one article."""
    article = await articles.show(article_slug, caller)
    response.headers["ETag"] = etag(article.version)
    return ArticleFull.model_validate(article)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def create_article(
    data: ArticleCreate, articles: ArticleServiceDep, caller: CurrentUserDep, response: Response
) -> ArticleFull:
    """Create an article."""
    article = await articles.create(data, caller)
    response.headers["ETag"] = etag(article.version)
    response.headers["Location"] = f"/api/v1/articles/{article.slug}"
    return ArticleFull.model_validate(article)


@router.patch("/{article_slug}", responses=problems(400, 401, 403, 404, 409, 412))
async def update_article(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    data: ArticleUpdate,
    articles: ArticleServiceDep,
    caller: CurrentUserDep,
    response: Response,
    if_match: IfMatch = None,
) -> ArticleFull:
    """Change an article."""
    article = await articles.update(article_slug, data, caller, if_match)
    response.headers["ETag"] = etag(article.version)
    return ArticleFull.model_validate(article)


@router.delete(
    "/{article_slug}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404, 412)
)
async def delete_article(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    articles: ArticleServiceDep,
    caller: CurrentUserDep,
    if_match: IfMatch = None,
) -> None:
    """Delete an article."""
    await articles.delete(article_slug, caller, if_match)
