from typing import Any

import pytest
from httpx2 import AsyncClient
from sqlalchemy import null, update
from sqlalchemy.exc import IntegrityError

from app.core.database import Database
from app.core.db_errors import translate_integrity_error
from app.models import Base, Everything
from app.models.enums import AccountRole
from app.schemas.everything import EverythingSort
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {
    "name": "Name0",
    "note": "Note",
    "title": "Title",
    "body": "Body",
    "count": 1,
    "large": 1,
    "ratio": 0.0,
    "price": "12.50",
    "active": True,
    "day": "2026-01-31",
    "start": "08:30:00",
    "moment": "2026-01-31T08:30:00Z",
    "length": "PT1H30M",
    "token": "0195c9a0-0000-7000-8000-000000000001",
    "meta": {"key": "value"},
    "blob": "c2FtcGxl",
    "contact": "sample@example.com",
    "link": "https://example.com/sample",
    "address": "192.0.2.1",
    "color": "red",
    "size": "small",
    "stage": "idea",
    "colors": ["red"],
    "tags": ["Tags"],
    "scores": [1],
    "billing": {"street": "Street", "city": "City", "country": "Co", "note": "Note"},
    "shipping": {"street": "Street", "city": "City", "country": "Co", "note": "Note"},
    "legacy": "Legacy",
    "secretNote": "Secret note",
    "reference": "Reference0",
    "nickname": "Nickname",
    "due": "2026-01-31",
    "grade": "12.50",
    "tolerance": "12.500000000",
    "hints": {"key": "value"},
    "marks": [1],
    "moments": ["2026-01-31T08:30:00Z"],
}
CHANGES: dict[str, Any] = {
    "name": "Other0",
    "slug": "other-0",
    "note": "Other",
    "title": "Other",
    "body": "Other",
    "count": 2,
    "large": 2,
    "ratio": 0.5,
    "price": "13.50",
    "active": False,
    "day": "2026-02-28",
    "start": "17:45:00",
    "moment": "2026-02-28T17:45:00Z",
    "length": "P2D",
    "token": "0195c9a0-0000-7000-8000-000000000002",
    "meta": ["other", 1],
    "blob": "b3RoZXI=",
    "contact": "other@example.com",
    "link": "https://example.com/other",
    "address": "2001:db8::1",
    "color": "green",
    "size": "large",
    "stage": "done",
    "colors": ["green"],
    "tags": ["Other"],
    "scores": [2],
    "billing": {"street": "Other", "city": "Other", "country": "Ot", "note": "Other"},
    "shipping": {"street": "Other", "city": "Other", "country": "Ot", "note": "Other"},
    "legacy": "Other",
    "secretNote": "Other",
    "reference": "Other0",
    "nickname": "Other",
    "due": "2026-02-28",
    "grade": "13.50",
    "tolerance": "13.500000000",
    "hints": ["other", 1],
    "marks": [2],
    "moments": ["2026-02-28T17:45:00Z"],
}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.everything()
    url = f"/api/v2/everythings/{row.slug}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.everything()
    url = f"/api/v2/everythings/{row.slug}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | {
        key: value for key, value in CHANGES.items() if key not in {"length", "secretNote"}
    }


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.everything()
    url = f"/api/v2/everythings/{row.slug}"
    for member in (
        "large",
        "blob",
        "contact",
        "link",
        "address",
        "size",
        "scores",
        "shipping",
        "legacy",
        "reference",
        "nickname",
        "due",
        "grade",
        "marks",
        "moments",
    ):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in (
        "name",
        "slug",
        "title",
        "body",
        "count",
        "ratio",
        "price",
        "active",
        "day",
        "start",
        "moment",
        "length",
        "token",
        "color",
        "stage",
        "colors",
        "tags",
        "billing",
        "tolerance",
    ):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.everything()
    url = f"/api/v2/everythings/{row.slug}"
    response = await client.put(url, json=BODY, headers=headers)
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.everything()
    url = f"/api/v2/everythings/{row.slug}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Everything, row.id)
    assert stored is None


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.post("/api/v2/everythings", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | {
        key: value for key, value in BODY.items() if key not in {"length", "secretNote"}
    }


async def test_create_keeps_null(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    nulls = {"nickname": None, "due": None, "grade": None, "marks": None, "moments": None}
    response = await client.post("/api/v2/everythings", json=BODY | nulls, headers=headers)
    assert response.status_code == 201
    created = response.json()
    assert created == created | nulls


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("name", 1),
        ("name", "\x00"),
        ("name", ""),
        ("name", None),
        ("slug", "Not a slug!"),
        ("slug", 1),
        ("slug", None),
        ("slug", "bulk"),
        ("note", 1),
        ("note", "\x00"),
        ("title", 1),
        ("title", "\x00"),
        ("title", ""),
        ("title", None),
        ("body", 1),
        ("body", "\x00"),
        ("body", None),
        ("count", "1"),
        ("count", 1.5),
        ("count", True),
        ("count", -6),
        ("count", 6),
        ("count", None),
        ("large", "1"),
        ("large", 1.5),
        ("large", True),
        ("ratio", "1.5"),
        ("ratio", True),
        ("ratio", -1.0),
        ("ratio", 2.0),
        ("ratio", None),
        ("price", "twelve"),
        ("price", 12.5),
        ("price", "1e400"),
        ("price", "100000000000.00"),
        ("price", "0.00"),
        ("price", "100000.00"),
        ("price", None),
        ("active", "yes"),
        ("active", 1),
        ("active", None),
        ("day", "2026-02-30"),
        ("day", "yesterday"),
        ("day", 1),
        ("day", None),
        ("start", "25:00:00"),
        ("start", "noon"),
        ("start", 1),
        ("start", None),
        ("moment", "2026-01-31T08:30:00"),
        ("moment", "yesterday"),
        ("moment", 1),
        ("moment", None),
        ("length", "soon"),
        ("length", True),
        ("length", None),
        ("token", "not-a-uuid"),
        ("token", 1),
        ("token", None),
        ("blob", "%%%"),
        ("blob", 1),
        ("contact", "not an address"),
        ("contact", 1),
        ("link", "not a url"),
        ("link", "ftp://example.com"),
        ("link", 1),
        ("address", "256.0.0.1"),
        ("address", 1),
        ("color", "no such value"),
        ("color", 1),
        ("color", None),
        ("size", "no such value"),
        ("size", 1),
        ("stage", "no such value"),
        ("stage", 1),
        ("stage", None),
        ("colors", ["no such value"]),
        ("colors", [1]),
        ("colors", "not a list"),
        ("colors", None),
        ("tags", [1]),
        ("tags", ["\x00"]),
        ("tags", ["xxxxxxxxxxxxxxxxxxxxx"]),
        ("tags", [""]),
        ("tags", "not a list"),
        ("tags", None),
        ("scores", ["1"]),
        ("scores", [1.5]),
        ("scores", [True]),
        ("scores", [-1]),
        ("scores", [101]),
        ("scores", "not a list"),
        ("legacy", 1),
        ("legacy", "\x00"),
        ("secretNote", 1),
        ("secretNote", "\x00"),
        ("reference", 1),
        ("reference", "\x00"),
        ("reference", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ("reference", ""),
        ("nickname", 1),
        ("nickname", "\x00"),
        ("nickname", "x" * 41),
        ("nickname", ""),
        ("due", "2026-02-30"),
        ("due", "yesterday"),
        ("due", 1),
        ("grade", "twelve"),
        ("grade", 12.5),
        ("grade", "1e400"),
        ("grade", "1000.00"),
        ("tolerance", "twelve"),
        ("tolerance", 12.5),
        ("tolerance", "1e400"),
        ("tolerance", "10000.000000000"),
        ("tolerance", "-0.000000001"),
        ("tolerance", None),
        ("marks", ["1"]),
        ("marks", [1.5]),
        ("marks", [True]),
        ("marks", [-2_147_483_649]),
        ("marks", [2_147_483_648]),
        ("marks", "not a list"),
        ("moments", ["2026-01-31T08:30:00"]),
        ("moments", ["yesterday"]),
        ("moments", [1]),
        ("moments", "not a list"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v2/everythings", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    sent = BODY
    response = await client.post(
        "/api/v2/everythings/bulk", json={"items": [sent]}, headers=headers
    )
    assert response.status_code == 201
    assert len(response.json()["items"]) == 1
    none = await client.post("/api/v2/everythings/bulk", json={"items": []}, headers=headers)
    assert none.status_code == 422
    other = await client.get("/api/v2/everythings/bulk")
    assert other.status_code == 405
    assert other.headers["Allow"] == "POST"


async def test_value_objects_name_the_member_at_fault(factory: Factory, database: Database) -> None:
    await factory.everything()
    for attribute, place in (
        ("billing_street", "/billing/street"),
        ("billing_city", "/billing/city"),
        ("billing_country", "/billing/country"),
    ):
        with pytest.raises(IntegrityError) as caught:
            async with database.session() as session:
                await session.execute(update(Everything).values({attribute: null()}))
        error = translate_integrity_error(caught.value, Base.metadata)
        assert [item.pointer for item in error.errors] == [place]


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.everything()
    url = "/api/v2/everythings"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    row = await factory.everything()
    for _ in range(1):
        await factory.everything()
    url = "/api/v2/everythings"
    cases: list[dict[str, str]] = [
        {"color": "red"},
        {"stage": "idea"},
        {"count": "1"},
        {"countMin": "1"},
        {"countMax": "1"},
        {"price": "12.50"},
        {"priceMin": "12.50"},
        {"priceMax": "12.50"},
        {"day": "2026-01-31"},
        {"dayFrom": "2026-01-31"},
        {"dayBefore": "2026-01-31"},
        {"moment": "2026-01-31T08:30:00Z"},
        {"momentFrom": "2026-01-31T08:30:00Z"},
        {"momentBefore": "2026-01-31T08:30:00Z"},
        {"active": "true"},
        {"name": "Name0"},
        {"id": "0195c9a0-0000-7000-8000-000000000001"},
        {"isActive": "true"},
        {"createdAt": "2026-01-31T08:30:00Z"},
        {"createdAtFrom": "2026-01-31T08:30:00Z"},
        {"createdAtBefore": "2026-01-31T08:30:00Z"},
        {"sort": "createdAt"},
        {"sort": "-createdAt"},
        {"sort": "name"},
        {"sort": "-name"},
        {"sort": "price"},
        {"sort": "-price"},
        {"sort": "day"},
        {"sort": "-day"},
        {"sort": "active"},
        {"sort": "-active"},
        {"sort": "updatedAt"},
        {"sort": "-updatedAt"},
        {"q": "a"},
    ]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200
    for params in (
        {"id": str(row.id)},
        {"isActive": "true"},
        {"createdAt": row.created_at.isoformat()},
        {"createdAtFrom": row.created_at.isoformat()},
    ):
        response = await client.get(url, params=params)
        assert response.json()["items"]


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.everything()
    for _ in range(2):
        await factory.everything()
    url = "/api/v2/everythings"
    total = len((await client.get(url, params={"limit": 50})).json()["items"])
    for sort in EverythingSort:
        params: dict[str, str] = {"sort": sort.value, "limit": "1"}
        seen: list[object] = []
        while True:
            page = (await client.get(url, params=params)).json()
            seen += page["items"]
            if page["nextCursor"] is None:
                break
            params["cursor"] = page["nextCursor"]
        assert len(seen) == total
    bad = await client.get(url, params={"cursor": "AAAA"})
    assert bad.status_code == 422


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.everything()
    url = "/api/v2/everythings"
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
    await factory.everything()
    url = "/api/v2/everythings"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.everything()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.everything()
    assert (await client.patch(f"/api/v2/everythings/{row.slug}", json={})).status_code == 401
    assert (await client.put(f"/api/v2/everythings/{row.slug}", json={})).status_code == 401
    assert (await client.delete(f"/api/v2/everythings/{row.slug}")).status_code == 401
    assert (await client.post("/api/v2/everythings", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.everything()
    caller = await factory.account()
    headers = factory.auth(caller)
    assert (
        await client.patch(f"/api/v2/everythings/{row.slug}", json={}, headers=headers)
    ).status_code == 403
    assert (
        await client.put(f"/api/v2/everythings/{row.slug}", json=BODY, headers=headers)
    ).status_code == 403
    assert (
        await client.delete(f"/api/v2/everythings/{row.slug}", headers=headers)
    ).status_code == 403
