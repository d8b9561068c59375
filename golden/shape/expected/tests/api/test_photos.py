from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Photo
from app.models.enums import MemberRole
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"title": "Title"}
CHANGES: dict[str, Any] = {"title": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.photo()
    url = f"/api/v1/photos/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["photo"]["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.photo()
    url = f"/api/v1/photos/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()["photo"]
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.photo()
    url = f"/api/v1/photos/{row.id}"
    for member in ("title",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 400


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.photo()
    url = f"/api/v1/photos/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        stored = await session.get(Photo, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    response = await client.get(f"/api/v1/photos/{uuid7()}")
    assert response.status_code == 404
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.patch(f"/api/v1/photos/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/photos/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.post("/api/v1/photos", json=BODY, headers=headers)
    assert response.status_code == 200
    assert "Location" in response.headers
    created = response.json()["photo"]
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("title", 1),
        ("title", "\x00"),
        ("title", ""),
        ("title", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/photos", json=sent | {member: value}, headers=headers)
        assert response.status_code == 400
        assert any(place.startswith(member) for place in response.json()["errors"])


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.photo()
    url = "/api/v1/photos"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["photos"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.photo()
    for _ in range(1):
        await factory.photo()
    url = "/api/v1/photos"
    cases: list[dict[str, str]] = [{"sort": "createdAt"}, {"sort": "-createdAt"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.photo()
    for _ in range(2):
        await factory.photo()
    url = "/api/v1/photos"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "page": 2})).json()
    assert page["photosCount"] == everything["photosCount"]
    assert page["photos"] == [everything["photos"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.photo()
    url = "/api/v1/photos"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
        ("page", "0"),
    ):
        response = await client.get(url, params={key: value})
        assert response.status_code == 400


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    await factory.photo()
    url = "/api/v1/photos"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.photo()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.photo()
    assert (await client.patch(f"/api/v1/photos/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/photos/{row.id}")).status_code == 401
    assert (await client.post("/api/v1/photos", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.photo()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (
        await client.patch(f"/api/v1/photos/{row.id}", json={}, headers=headers)
    ).status_code == 403
    assert (await client.delete(f"/api/v1/photos/{row.id}", headers=headers)).status_code == 403
