from asyncio import gather
from typing import Any

import pytest
from httpx2 import AsyncClient
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.core.database import Database
from app.core.errors import NotFoundError
from app.models import Article, ArticleStatusChange
from app.models.enums import Status
from app.repositories.article_repository import ArticleRepository
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"title": "Title", "words": 1}
CHANGES: dict[str, Any] = {"slug": "other-0", "title": "Other", "words": 2}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.article()
    url = f"/api/v1/articles/{row.slug}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["article"]["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(author=caller)
    url = f"/api/v1/articles/{row.slug}"
    unchanged = await client.patch(url, json={"article": {}}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json={"article": CHANGES}, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()["article"]
    assert shown == shown | {key: value for key, value in CHANGES.items() if key != "words"}


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(author=caller)
    url = f"/api/v1/articles/{row.slug}"
    for member in ("slug", "title", "words"):
        response = await client.patch(url, json={"article": {member: None}}, headers=headers)
        assert response.status_code == 400


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(author=caller)
    url = f"/api/v1/articles/{row.slug}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        stored = await session.get(Article, row.id)
    assert stored is None


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post("/api/v1/articles", json={"article": BODY}, headers=headers)
    assert response.status_code == 200
    assert "Location" in response.headers
    created = response.json()["article"]
    assert created == created | {key: value for key, value in BODY.items() if key != "words"}
    assert set(created) == {"slug", "title", "writtenAt"}


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("slug", "Not a slug!"),
        ("slug", 1),
        ("slug", None),
        ("title", 1),
        ("title", "\x00"),
        ("title", ""),
        ("title", None),
        ("words", "1"),
        ("words", 1.5),
        ("words", True),
        ("words", -1),
        ("words", 100_001),
        ("words", None),
        ("status", "draft"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v1/articles", json={"article": sent | {member: value}}, headers=headers
        )
        assert response.status_code == 400
        assert any(place.startswith(member) for place in response.json()["errors"])


async def test_rows_keep_invariants(factory: Factory) -> None:
    with pytest.raises(IntegrityError, match="ck_articles_published_has_words"):
        await factory.article(status=Status.PUBLISHED, words=0)


async def test_transition_publish(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(author=caller, status=Status.DRAFT)
    response = await client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Article, row.id)
        assert stored.status == Status.PUBLISHED


async def test_wrong_state_for_publish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(author=caller, status=Status.PUBLISHED)
    response = await client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers)
    assert response.status_code == 409
    assert response.json()["code"] == "invalid_transition"


async def test_race_of_publish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(author=caller, status=Status.DRAFT)
    one, other = await gather(
        client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers),
        client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers),
    )
    assert sorted([one.status_code, other.status_code]) == [200, 409]


async def test_history_of_publish(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(author=caller, status=Status.DRAFT)
    response = await client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        changes = (await session.scalars(select(ArticleStatusChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("publish", "draft", "published", caller.id)]
    response = await client.get(f"/api/v1/articles/{row.slug}/status-history", headers=headers)
    assert response.status_code == 200
    page = response.json()
    assert page["totalCount"] == 1
    assert page["data"][0]["transition"] == "publish"
    assert page["data"][0]["fromState"] == "draft"
    assert page["data"][0]["toState"] == "published"
    assert page["data"][0]["changedById"] is not None


async def test_history_without_refused_publish(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(author=caller, status=Status.PUBLISHED)
    response = await client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers)
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(ArticleStatusChange))).all()


async def test_changes_leave_states_alone(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(author=caller)
    url = f"/api/v1/articles/{row.slug}"
    response = await client.patch(url, json={"article": {"status": "published"}}, headers=headers)
    assert response.status_code == 400


async def test_no_row_is_locked_that_is_gone(factory: Factory, database: Database) -> None:
    row = await factory.article()
    async with database.session() as session:
        found = await session.get_one(Article, row.id)
        await session.execute(delete(Article), execution_options={"synchronize_session": False})
        with pytest.raises(NotFoundError):
            await ArticleRepository(session).lock(found)


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.article()
    url = "/api/v1/articles"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["articles"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    row = await factory.article()
    for _ in range(1):
        await factory.article()
    url = "/api/v1/articles"
    cases: list[dict[str, str]] = [
        {"status": "draft"},
        {"authorId": "0195c9a0-0000-7000-8000-000000000001"},
        {"sort": "createdAt"},
        {"sort": "-createdAt"},
        {"sort": "title"},
        {"sort": "-title"},
        {"q": "a"},
    ]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200
    response = await client.get(url, params={"authorId": str(row.author_id)})
    assert response.json()["articles"]


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.article()
    for _ in range(2):
        await factory.article()
    url = "/api/v1/articles"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["articlesCount"] == everything["articlesCount"]
    assert page["articles"] == [everything["articles"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.article()
    url = "/api/v1/articles"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value})
        assert response.status_code == 400


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    await factory.article()
    url = "/api/v1/articles"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.article()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_list_shows_its_view(client: AsyncClient, factory: Factory) -> None:
    await factory.article()
    response = await client.get("/api/v1/articles")
    assert response.status_code == 200
    shown = response.json()["articles"][0]
    assert set(shown) == {"slug", "title", "writtenAt"}


async def test_update_shows_its_view(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(author=caller)
    response = await client.patch(
        f"/api/v1/articles/{row.slug}", json={"article": {}}, headers=headers
    )
    assert response.status_code == 200
    shown = response.json()["article"]
    assert set(shown) == {"slug", "title", "writtenAt"}
    assert shown["slug"] == row.slug
    assert shown["title"] == row.title


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.article()
    assert (
        await client.patch(f"/api/v1/articles/{row.slug}", json={"article": {}})
    ).status_code == 401
    assert (await client.delete(f"/api/v1/articles/{row.slug}")).status_code == 401
    assert (await client.post(f"/api/v1/articles/{row.slug}/publish")).status_code == 401
    assert (await client.post("/api/v1/articles", json={"article": {}})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.article()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (
        await client.patch(f"/api/v1/articles/{row.slug}", json={"article": {}}, headers=headers)
    ).status_code == 403
    assert (await client.delete(f"/api/v1/articles/{row.slug}", headers=headers)).status_code == 403
    assert (
        await client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers)
    ).status_code == 403
