from typing import Any

from httpx2 import AsyncClient
from sqlalchemy.orm import selectinload

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Book
from app.models.enums import AccountRole
from app.schemas.book import BookSort
from tests.factories import Factory, counted_selects

_BOUND_500 = 500
BODY: dict[str, Any] = {"name": "Name", "isbn": "Isbnxxxxx0", "pages": 1}
CHANGES: dict[str, Any] = {"name": "Other", "slug": "other-0", "isbn": "Otherxxxx0", "pages": 2}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    row = await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    row = await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    row = await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books/{row.id}"
    for member in ("name", "slug", "isbn", "pages", "authorIds"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    row = await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books/{row.id}"
    authors_row = await factory.author()
    response = await client.put(url, json=BODY | {"authorIds": [authors_row.id]}, headers=headers)
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    row = await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Book, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    response = await client.get(f"/api/v2/shelves/{parent.id}/books/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(
        f"/api/v2/shelves/{parent.id}/books/{uuid7()}", json={}, headers=headers
    )
    assert response.status_code == 404
    response = await client.delete(f"/api/v2/shelves/{parent.id}/books/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_no_row_below_another_parent(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    row = await factory.book(shelf=parent)
    other_parent = await factory.shelf()
    response = await client.get(
        f"/api/v2/shelves/{other_parent.id}/books/{row.id}", headers=headers
    )
    assert response.status_code == 404


async def test_versions(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    row = await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books/{row.id}"
    response = await client.get(url, headers=headers)
    etag = response.headers["ETag"]
    assert (
        await client.patch(url, json={}, headers=headers | {"If-Match": '"stale"'})
    ).status_code == 412
    assert (
        await client.patch(url, json={}, headers=headers | {"If-Match": etag})
    ).status_code == 200


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    authors_row = await factory.author()
    response = await client.post(
        f"/api/v2/shelves/{parent.id}/books",
        json=BODY | {"authorIds": [authors_row.id]},
        headers=headers,
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_what_is_in_use(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    authors_row = await factory.author()
    sent = BODY | {"authorIds": [authors_row.id]}
    assert (
        await client.post(f"/api/v2/shelves/{parent.id}/books", json=sent, headers=headers)
    ).status_code == 201
    again = await client.post(f"/api/v2/shelves/{parent.id}/books", json=sent, headers=headers)
    assert again.status_code == 409


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    authors_row = await factory.author()
    sent = BODY | {"authorIds": [authors_row.id]}
    cases: list[tuple[str, object]] = [
        ("name", 1),
        ("name", "\x00"),
        ("name", ""),
        ("name", None),
        ("slug", "Not a slug!"),
        ("slug", 1),
        ("slug", None),
        ("isbn", 1),
        ("isbn", "\x00"),
        ("isbn", "xxxxxxxxxxxxxx"),
        ("isbn", ""),
        ("isbn", None),
        ("pages", "1"),
        ("pages", 1.5),
        ("pages", True),
        ("pages", 0),
        ("pages", 2_147_483_648),
        ("pages", None),
        ("authorIds", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            f"/api/v2/shelves/{parent.id}/books", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    authors_row = await factory.author()
    sent = BODY | {"authorIds": [authors_row.id]}
    response = await client.post(
        f"/api/v2/shelves/{parent.id}/books/bulk", json={"items": [sent]}, headers=headers
    )
    assert response.status_code == 201
    assert len(response.json()["items"]) == 1
    none = await client.post(
        f"/api/v2/shelves/{parent.id}/books/bulk", json={"items": []}, headers=headers
    )
    assert none.status_code == 422


async def test_integers_reach_their_bounds(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    row = await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books/{row.id}"
    for member, value in (("pages", 1), ("pages", 2_147_483_647)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 200
        assert response.json()[member] == value
    for member, value in (("pages", 0), ("pages", 2_147_483_648)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    row = await factory.book(shelf=parent)
    for _ in range(1):
        await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books"
    cases: list[dict[str, str]] = [
        {"authorId": "1"},
        {"authorsId": "1"},
        {"authorsIdMin": "1"},
        {"authorsIdMax": "1"},
        {"authorsName": "Name"},
        {"pages": "1"},
        {"pagesMin": "1"},
        {"pagesMax": "1"},
        {"version": "1"},
        {"versionMin": "1"},
        {"versionMax": "1"},
        {"authorCount": "1"},
        {"authorCountMin": "1"},
        {"authorCountMax": "1"},
        {"isLong": "true"},
        {"sort": "createdAt"},
        {"sort": "-createdAt"},
        {"sort": "pages"},
        {"sort": "-pages"},
        {"sort": "id"},
        {"sort": "-id"},
        {"sort": "authorCount"},
        {"sort": "-authorCount"},
        {"sort": "isLong"},
        {"sort": "-isLong"},
    ]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200
    for params in (
        {"version": str(row.version)},
        {"versionMin": str(row.version)},
        {"versionMax": str(row.version)},
    ):
        response = await client.get(url, params=params, headers=headers)
        assert response.json()["items"]


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    await factory.book(shelf=parent)
    for _ in range(2):
        await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books"
    total = len((await client.get(url, params={"limit": 100}, headers=headers)).json()["items"])
    for sort in BookSort:
        params: dict[str, str] = {"sort": sort.value, "limit": "1"}
        seen: list[object] = []
        while True:
            page = (await client.get(url, params=params, headers=headers)).json()
            seen += page["items"]
            if page["nextCursor"] is None:
                break
            params["cursor"] = page["nextCursor"]
        assert len(seen) == total
    bad = await client.get(url, params={"cursor": "AAAA"}, headers=headers)
    assert bad.status_code == 422


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books"
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
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    await factory.book(shelf=parent)
    url = f"/api/v2/shelves/{parent.id}/books"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.book(shelf=parent)
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_computed_attributes(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.shelf(owner=caller)
    row = await factory.book(shelf=parent, authors=[await factory.author() for _ in range(2)])
    response = await client.get(f"/api/v2/shelves/{parent.id}/books/{row.id}", headers=headers)
    read = response.json()
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Book, row.id, options=[selectinload(Book.authors)])
    assert read["authorCount"] == len(stored.authors)
    assert read["isLong"] == (stored.pages > _BOUND_500)
    for params in (
        {"authorCount": str(read["authorCount"])},
        {"isLong": str(read["isLong"]).lower()},
    ):
        response = await client.get(
            f"/api/v2/shelves/{parent.id}/books", params=params, headers=headers
        )
        assert read in response.json()["items"]


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.shelf()
    row = await factory.book(shelf=parent)
    assert (await client.get(f"/api/v2/shelves/{parent.id}/books/{row.id}")).status_code == 401
    assert (
        await client.patch(f"/api/v2/shelves/{parent.id}/books/{row.id}", json={})
    ).status_code == 401
    assert (
        await client.put(f"/api/v2/shelves/{parent.id}/books/{row.id}", json={})
    ).status_code == 401
    assert (await client.delete(f"/api/v2/shelves/{parent.id}/books/{row.id}")).status_code == 401
    assert (await client.get(f"/api/v2/shelves/{parent.id}/books")).status_code == 401
    assert (await client.post(f"/api/v2/shelves/{parent.id}/books", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.shelf()
    row = await factory.book(shelf=parent)
    caller = await factory.account()
    headers = factory.auth(caller)
    assert (
        await client.get(f"/api/v2/shelves/{parent.id}/books/{row.id}", headers=headers)
    ).status_code == 404
    assert (
        await client.patch(f"/api/v2/shelves/{parent.id}/books/{row.id}", json={}, headers=headers)
    ).status_code == 404
    authors_row = await factory.author()
    assert (
        await client.put(
            f"/api/v2/shelves/{parent.id}/books/{row.id}",
            json=BODY | {"authorIds": [authors_row.id]},
            headers=headers,
        )
    ).status_code == 404
    assert (
        await client.delete(f"/api/v2/shelves/{parent.id}/books/{row.id}", headers=headers)
    ).status_code == 404
