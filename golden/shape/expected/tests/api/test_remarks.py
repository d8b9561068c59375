from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Remark
from app.schemas.remark import RemarkSort
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"text": "Text"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    row = await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["data"]["id"] == str(row.id)


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    parent = await factory.article()
    row = await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Remark, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    response = await client.get(f"/api/v1/articles/{parent.slug}/remarks/{uuid7()}")
    assert response.status_code == 404
    caller = await factory.member()
    headers = factory.auth(caller)
    parent = await factory.article()
    response = await client.delete(
        f"/api/v1/articles/{parent.slug}/remarks/{uuid7()}", headers=headers
    )
    assert response.status_code == 404


async def test_no_row_below_another_parent(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    row = await factory.remark(article=parent)
    other_parent = await factory.article()
    response = await client.get(f"/api/v1/articles/{other_parent.slug}/remarks/{row.id}")
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    parent = await factory.article()
    response = await client.post(
        f"/api/v1/articles/{parent.slug}/remarks", json=BODY, headers=headers
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()["data"]
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    parent = await factory.article()
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("text", 1),
        ("text", "\x00"),
        ("text", ""),
        ("text", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            f"/api/v1/articles/{parent.slug}/remarks", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 400
        assert any(place.startswith(member) for place in response.json()["errors"])


async def test_list(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["remarks"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    await factory.remark(article=parent)
    for _ in range(1):
        await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks"
    cases: list[dict[str, str]] = [{"sort": "createdAt"}, {"sort": "-createdAt"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    await factory.remark(article=parent)
    for _ in range(2):
        await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks"
    total = len((await client.get(url, params={"limit": 100})).json()["remarks"])
    for sort in RemarkSort:
        params: dict[str, str] = {"sort": sort.value, "limit": "1"}
        seen: list[object] = []
        while True:
            page = (await client.get(url, params=params)).json()
            seen += page["remarks"]
            if page["next_cursor"] is None:
                break
            params["cursor"] = page["next_cursor"]
        assert len(seen) == total
    bad = await client.get(url, params={"cursor": "AAAA"})
    assert bad.status_code == 400


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks"
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
    parent = await factory.article()
    await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.remark(article=parent)
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    row = await factory.remark(article=parent)
    assert (
        await client.delete(f"/api/v1/articles/{parent.slug}/remarks/{row.id}")
    ).status_code == 401
    assert (
        await client.post(f"/api/v1/articles/{parent.slug}/remarks", json={})
    ).status_code == 401
