from typing import Any

import pytest
from httpx2 import AsyncClient
from sqlalchemy import null, update
from sqlalchemy.exc import IntegrityError

from app.core.database import Database
from app.core.db_errors import translate_integrity_error
from app.core.ids import uuid7
from app.models import Base, Office
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {
    "city": "City0",
    "address": {"street": "Street", "country": "Co", "note": "Note"},
    "rent": "12.50",
    "opened": "2026-01-31",
    "hours": "08:30:00",
    "settings": {"key": "value"},
    "phones": ["Phones"],
    "contact": "sample@example.com",
    "key": "0195c9a0-0000-7000-8000-000000000001",
}
CHANGES: dict[str, Any] = {
    "city": "Other0",
    "address": {"street": "Other", "country": "Ot", "note": "Other"},
    "rent": "13.50",
    "opened": "2026-02-28",
    "hours": "17:45:00",
    "settings": ["other", 1],
    "phones": ["Other"],
    "contact": "other@example.com",
    "key": "0195c9a0-0000-7000-8000-000000000002",
}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.office()
    url = f"/api/v1/offices/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.office()
    url = f"/api/v1/offices/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.office()
    url = f"/api/v1/offices/{row.id}"
    for member in ("contact", "manager_id"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("city", "address", "rent", "opened", "hours", "phones", "key", "country_code"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.office()
    url = f"/api/v1/offices/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Office, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/offices/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/offices/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/offices/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    country_row = await factory.country()
    manager_row = await factory.member()
    response = await client.post(
        "/api/v1/offices",
        json=BODY | {"country_code": str(country_row.code), "manager_id": str(manager_row.id)},
        headers=headers,
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    country_row = await factory.country()
    manager_row = await factory.member()
    sent = BODY | {"country_code": str(country_row.code), "manager_id": str(manager_row.id)}
    cases: list[tuple[str, object, str]] = [("manager_id", str(uuid7()), "/manager_id")]
    for member, value, place in cases:
        response = await client.post(
            "/api/v1/offices", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    country_row = await factory.country()
    manager_row = await factory.member()
    sent = BODY | {"country_code": str(country_row.code), "manager_id": str(manager_row.id)}
    cases: list[tuple[str, object]] = [
        ("city", 1),
        ("city", "\x00"),
        ("city", "x" * 61),
        ("city", ""),
        ("city", None),
        ("rent", "twelve"),
        ("rent", 12.5),
        ("rent", "1e400"),
        ("rent", "1000000000.00"),
        ("rent", "-0.01"),
        ("rent", None),
        ("opened", "2026-02-30"),
        ("opened", "yesterday"),
        ("opened", 1),
        ("opened", None),
        ("hours", "25:00:00"),
        ("hours", "noon"),
        ("hours", 1),
        ("hours", None),
        ("phones", [1]),
        ("phones", ["\x00"]),
        ("phones", ["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]),
        ("phones", [""]),
        ("phones", "not a list"),
        ("phones", None),
        ("contact", "not an address"),
        ("contact", 1),
        ("key", "not-a-uuid"),
        ("key", 1),
        ("key", None),
        ("country_code", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v1/offices", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_value_objects_name_the_member_at_fault(factory: Factory, database: Database) -> None:
    await factory.office()
    for attribute, place in (
        ("address_street", "/address/street"),
        ("address_country", "/address/country"),
    ):
        with pytest.raises(IntegrityError) as caught:
            async with database.session() as session:
                await session.execute(update(Office).values({attribute: null()}))
        error = translate_integrity_error(caught.value, Base.metadata)
        assert [item.pointer for item in error.errors] == [place]


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.office()
    url = "/api/v1/offices"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.office()
    for _ in range(1):
        await factory.office()
    url = "/api/v1/offices"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.office()
    for _ in range(2):
        await factory.office()
    url = "/api/v1/offices"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.office()
    url = "/api/v1/offices"
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
    await factory.office()
    url = "/api/v1/offices"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.office()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.office()
    assert (await client.get(f"/api/v1/offices/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/offices/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/offices/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/offices")).status_code == 401
    assert (await client.post("/api/v1/offices", json={})).status_code == 401
