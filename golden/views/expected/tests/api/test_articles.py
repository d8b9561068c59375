from typing import Any

from httpx2 import AsyncClient
from sqlalchemy.orm import joinedload

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Article
from app.models.enums import PersonRole
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"title": "Title", "body": "Body", "section": "Section"}
CHANGES: dict[str, Any] = {"title": "Other", "slug": "other-0", "body": "Other", "section": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.article()
    url = f"/api/v1/articles/{row.slug}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = await factory.article(author=caller)
    url = f"/api/v1/articles/{row.slug}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | {key: value for key, value in CHANGES.items() if key != "section"}


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = await factory.article(author=caller)
    url = f"/api/v1/articles/{row.slug}"
    for member in ("title", "slug", "body", "tag_ids", "fan_ids"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = await factory.article(author=caller)
    url = f"/api/v1/articles/{row.slug}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Article, row.id)
    assert stored is None


async def test_versions(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = await factory.article(author=caller)
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
    caller = await factory.person()
    headers = factory.auth(caller)
    editor_row = await factory.person()
    tags_row = await factory.tag_row()
    fans_row = await factory.person()
    response = await client.post(
        "/api/v1/articles",
        json=BODY
        | {
            "editor_id": str(editor_row.id),
            "tag_ids": [str(tags_row.id)],
            "fan_ids": [str(fans_row.id)],
        },
        headers=headers,
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | {key: value for key, value in BODY.items() if key != "section"}
    assert set(created) == {
        "id",
        "slug",
        "title",
        "body",
        "author_id",
        "keywords",
        "version",
        "liked",
        "discussed",
        "writer",
        "editor",
        "tags",
        "remarks",
    }


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    editor_row = await factory.person()
    tags_row = await factory.tag_row()
    fans_row = await factory.person()
    sent = BODY | {
        "editor_id": str(editor_row.id),
        "tag_ids": [str(tags_row.id)],
        "fan_ids": [str(fans_row.id)],
    }
    cases: list[tuple[str, object, str]] = [
        ("editor_id", str(uuid7()), "/editor_id"),
        ("tag_ids", [str(uuid7())], "/tag_ids/0"),
        ("fan_ids", [str(uuid7())], "/fan_ids/0"),
    ]
    for member, value, place in cases:
        response = await client.post(
            "/api/v1/articles", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    editor_row = await factory.person()
    tags_row = await factory.tag_row()
    fans_row = await factory.person()
    sent = BODY | {
        "editor_id": str(editor_row.id),
        "tag_ids": [str(tags_row.id)],
        "fan_ids": [str(fans_row.id)],
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
        ("section", 1),
        ("section", "\x00"),
        ("section", "x" * 41),
        ("section", ""),
        ("tag_ids", None),
        ("fan_ids", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v1/articles", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.article()
    url = "/api/v1/articles"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    row = await factory.article()
    for _ in range(1):
        await factory.article()
    url = "/api/v1/articles"
    cases: list[dict[str, str]] = [
        {"author_id": "0195c9a0-0000-7000-8000-000000000001"},
        {"remark_count": "1"},
        {"remark_count_min": "1"},
        {"remark_count_max": "1"},
        {"tag_id": "0195c9a0-0000-7000-8000-000000000001"},
        {"sort": "created_at"},
        {"sort": "-created_at"},
        {"sort": "title"},
        {"sort": "-title"},
        {"sort": "remark_count"},
        {"sort": "-remark_count"},
        {"q": "a"},
    ]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200
    response = await client.get(url, params={"author_id": str(row.author_id)})
    assert response.json()["items"]


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.article()
    for _ in range(2):
        await factory.article()
    url = "/api/v1/articles"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


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
        assert response.status_code == 422


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


async def test_read_shows_its_view(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    row = await factory.article(tags=[await factory.tag_row()])
    await factory.remark(article=row)
    await factory.remark(article=row, is_active=False)
    response = await client.get(f"/api/v1/articles/{row.slug}")
    assert response.status_code == 200
    shown = response.json()
    assert set(shown) == {
        "id",
        "slug",
        "title",
        "body",
        "author_id",
        "keywords",
        "version",
        "liked",
        "discussed",
        "writer",
        "editor",
        "tags",
        "remarks",
    }
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Article, row.id, options=[joinedload(Article.author)])
    assert shown["slug"] == row.slug
    assert shown["title"] == row.title
    assert shown["body"] == row.body
    assert set(shown["writer"]) == {"id", "display_name", "is_me"}
    assert shown["writer"]["display_name"] == stored.author.name
    assert [set(item) for item in shown["tags"]] == [{"label"}]
    assert [set(item) for item in shown["remarks"]] == [{"id", "text", "created_at", "author"}]


async def test_list_shows_its_view(client: AsyncClient, factory: Factory) -> None:
    await factory.article(tags=[await factory.tag_row()])
    response = await client.get("/api/v1/articles")
    assert response.status_code == 200
    shown = response.json()["items"][0]
    assert set(shown) == {
        "id",
        "slug",
        "title",
        "written_at",
        "remark_count",
        "editor_id",
        "liked",
        "mine",
        "author",
        "tags",
    }


async def test_update_shows_its_view(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = await factory.article(author=caller, tags=[await factory.tag_row()])
    await factory.remark(article=row)
    await factory.remark(article=row, is_active=False)
    response = await client.patch(f"/api/v1/articles/{row.slug}", json={}, headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert set(shown) == {
        "id",
        "slug",
        "title",
        "body",
        "author_id",
        "keywords",
        "version",
        "liked",
        "discussed",
        "writer",
        "editor",
        "tags",
        "remarks",
    }
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Article, row.id, options=[joinedload(Article.author)])
    assert shown["slug"] == row.slug
    assert shown["title"] == row.title
    assert shown["body"] == row.body
    assert set(shown["writer"]) == {"id", "display_name", "is_me"}
    assert shown["writer"]["display_name"] == stored.author.name
    assert [set(item) for item in shown["tags"]] == [{"label"}]
    assert [set(item) for item in shown["remarks"]] == [{"id", "text", "created_at", "author"}]


async def test_liked_is_told(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = await factory.article(fans=[caller])
    response = await client.get(f"/api/v1/articles/{row.slug}", headers=headers)
    assert response.status_code == 200
    assert response.json()["liked"] is True


async def test_liked_is_not_told_to_others(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person(role=PersonRole.MEMBER)
    headers = factory.auth(caller)
    row = await factory.article()
    response = await client.get(f"/api/v1/articles/{row.slug}", headers=headers)
    assert response.status_code == 200
    assert response.json()["liked"] is False


async def test_discussed_is_told(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    row = await factory.article()
    await factory.remark(article=row, author=caller)
    response = await client.get(f"/api/v1/articles/{row.slug}", headers=headers)
    assert response.status_code == 200
    assert response.json()["discussed"] is True


async def test_discussed_is_not_told_to_others(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person(role=PersonRole.MEMBER)
    headers = factory.auth(caller)
    row = await factory.article()
    response = await client.get(f"/api/v1/articles/{row.slug}", headers=headers)
    assert response.status_code == 200
    assert response.json()["discussed"] is False


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.article()
    assert (await client.patch(f"/api/v1/articles/{row.slug}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/articles/{row.slug}")).status_code == 401
    assert (await client.post("/api/v1/articles", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.article()
    caller = await factory.person()
    headers = factory.auth(caller)
    assert (
        await client.patch(f"/api/v1/articles/{row.slug}", json={}, headers=headers)
    ).status_code == 403
    assert (await client.delete(f"/api/v1/articles/{row.slug}", headers=headers)).status_code == 403
