from asyncio import gather
from datetime import datetime
from typing import Any

import pytest
from httpx2 import AsyncClient
from sqlalchemy import delete
from sqlalchemy.orm import selectinload

from app.core.database import Database
from app.core.errors import NotFoundError
from app.core.ids import uuid7
from app.models import Article
from app.models.enums import State
from app.repositories.article_repository import ArticleRepository
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"title": "Title", "body": "Body"}
CHANGES: dict[str, Any] = {"title": "Other", "slug": "other-0", "body": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article()
    url = f"/api/v1/articles/{row.slug}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article()
    url = f"/api/v1/articles/{row.slug}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article()
    url = f"/api/v1/articles/{row.slug}"
    for member in ("office_id",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("title", "slug", "body", "topic_id", "label_ids"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article()
    url = f"/api/v1/articles/{row.slug}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Article, row.id)
    assert stored is None


async def test_versions(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article()
    url = f"/api/v1/articles/{row.slug}"
    response = await client.get(url, headers=headers)
    etag = response.headers["ETag"]
    assert (
        await client.patch(url, json={}, headers=headers | {"If-Match": '"stale"'})
    ).status_code == 412
    assert (
        await client.patch(url, json={}, headers=headers | {"If-Match": etag})
    ).status_code == 200


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    topic_row = await factory.topic()
    office_row = await factory.office()
    labels_row = await factory.label()
    response = await client.post(
        "/api/v1/articles",
        json=BODY
        | {
            "topic_id": str(topic_row.id),
            "office_id": str(office_row.id),
            "label_ids": [labels_row.id],
        },
        headers=headers,
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    topic_row = await factory.topic()
    office_row = await factory.office()
    labels_row = await factory.label()
    sent = BODY | {
        "topic_id": str(topic_row.id),
        "office_id": str(office_row.id),
        "label_ids": [labels_row.id],
    }
    cases: list[tuple[str, object, str]] = [
        ("topic_id", str(uuid7()), "/topic_id"),
        ("office_id", str(uuid7()), "/office_id"),
    ]
    for member, value, place in cases:
        response = await client.post(
            "/api/v1/articles", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    topic_row = await factory.topic()
    office_row = await factory.office()
    labels_row = await factory.label()
    sent = BODY | {
        "topic_id": str(topic_row.id),
        "office_id": str(office_row.id),
        "label_ids": [labels_row.id],
    }
    cases: list[tuple[str, object]] = [
        ("title", 1),
        ("title", "\x00"),
        ("title", ""),
        ("title", None),
        ("slug", "Not a slug!"),
        ("slug", 1),
        ("slug", None),
        ("body", 1),
        ("body", "\x00"),
        ("body", None),
        ("topic_id", None),
        ("topic_id", "not a key"),
        ("label_ids", None),
        ("state", "draft"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v1/articles", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_transition_publish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(state=State.DRAFT)
    response = await client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["state"] == "published"
    assert "ETag" in response.headers
    assert shown["published_at"] is not None


async def test_wrong_state_for_publish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(
        state=State.PUBLISHED, published_at=datetime.fromisoformat("2026-01-31T08:30:00Z")
    )
    response = await client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers)
    assert response.status_code == 409
    assert response.json()["code"] == "invalid_transition"


async def test_stale_version_for_publish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(state=State.DRAFT)
    response = await client.post(
        f"/api/v1/articles/{row.slug}/publish", headers=headers | {"If-Match": '"stale"'}
    )
    assert response.status_code == 412


async def test_race_of_publish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(state=State.DRAFT)
    one, other = await gather(
        client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers),
        client.post(f"/api/v1/articles/{row.slug}/publish", headers=headers),
    )
    assert sorted([one.status_code, other.status_code]) == [200, 409]


async def test_changes_leave_states_alone(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article()
    url = f"/api/v1/articles/{row.slug}"
    response = await client.patch(url, json={"state": "published"}, headers=headers)
    assert response.status_code == 422


async def test_no_row_is_locked_that_is_gone(factory: Factory, database: Database) -> None:
    row = await factory.article()
    async with database.session() as session:
        found = await session.get_one(Article, row.id)
        await session.execute(delete(Article), execution_options={"synchronize_session": False})
        with pytest.raises(NotFoundError):
            await ArticleRepository(session).lock(found)


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.article()
    url = "/api/v1/articles"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.article()
    for _ in range(1):
        await factory.article()
    url = "/api/v1/articles"
    cases: list[dict[str, str]] = [
        {"state": "draft"},
        {"sort": "created_at"},
        {"sort": "-created_at"},
    ]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.article()
    for _ in range(2):
        await factory.article()
    url = "/api/v1/articles"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.article()
    url = "/api/v1/articles"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value}, headers=headers)
        assert response.status_code == 422


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.article()
    url = "/api/v1/articles"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.article()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_computed_attributes(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.article(labels=[await factory.label() for _ in range(2)])
    response = await client.get(f"/api/v1/articles/{row.slug}", headers=headers)
    read = response.json()
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Article, row.id, options=[selectinload(Article.labels)])
    assert read["label_count"] == len(stored.labels)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.article()
    assert (await client.get(f"/api/v1/articles/{row.slug}")).status_code == 401
    assert (await client.patch(f"/api/v1/articles/{row.slug}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/articles/{row.slug}")).status_code == 401
    assert (await client.post(f"/api/v1/articles/{row.slug}/publish")).status_code == 401
    assert (await client.get("/api/v1/articles")).status_code == 401
    assert (await client.post("/api/v1/articles", json={})).status_code == 401
