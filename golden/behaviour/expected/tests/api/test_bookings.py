from decimal import Decimal
from typing import Any

from httpx2 import AsyncClient
from sqlalchemy.orm import joinedload

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Booking
from app.models.enums import MemberRole, Stage
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {
    "seats": 1,
    "children": 1,
    "extras": 1,
    "price": "12.50",
    "discount": "12.50",
    "paid": False,
    "held_at": "2026-01-31T08:30:00Z",
    "note": "Note",
}
CHANGES: dict[str, Any] = {
    "seats": 2,
    "children": 2,
    "extras": 2,
    "price": "13.50",
    "discount": "13.50",
    "paid": False,
    "held_at": "2026-02-28T17:45:00Z",
    "note": "Other",
}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.booking(topic=await factory.topic(room=200))
    url = f"/api/v1/bookings/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.booking(topic=await factory.topic(room=200))
    url = f"/api/v1/bookings/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.booking(topic=await factory.topic(room=200))
    url = f"/api/v1/bookings/{row.id}"
    for member in ("extras", "held_at", "note"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("seats", "children", "price", "discount", "paid", "topic_id"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.booking(topic=await factory.topic(room=200))
    url = f"/api/v1/bookings/{row.id}"
    topic_row = await factory.topic(room=200)
    response = await client.put(url, json=BODY | {"topic_id": str(topic_row.id)}, headers=headers)
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.booking(topic=await factory.topic(room=200))
    url = f"/api/v1/bookings/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Booking, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/bookings/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/bookings/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/bookings/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    topic_row = await factory.topic(room=200)
    response = await client.post(
        "/api/v1/bookings", json=BODY | {"topic_id": str(topic_row.id)}, headers=headers
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    topic_row = await factory.topic(room=200)
    sent = BODY | {"topic_id": str(topic_row.id)}
    cases: list[tuple[str, object, str]] = [("topic_id", str(uuid7()), "/topic_id")]
    for member, value, place in cases:
        response = await client.post(
            "/api/v1/bookings", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    topic_row = await factory.topic(room=200)
    sent = BODY | {"topic_id": str(topic_row.id)}
    cases: list[tuple[str, object]] = [
        ("seats", "1"),
        ("seats", 1.5),
        ("seats", True),
        ("seats", 0),
        ("seats", 501),
        ("seats", None),
        ("children", "1"),
        ("children", 1.5),
        ("children", True),
        ("children", -1),
        ("children", 2_147_483_648),
        ("children", None),
        ("extras", "1"),
        ("extras", 1.5),
        ("extras", True),
        ("extras", -1),
        ("extras", 2_147_483_648),
        ("price", "twelve"),
        ("price", 12.5),
        ("price", "1e400"),
        ("price", "1000000000.00"),
        ("price", "-0.01"),
        ("price", None),
        ("discount", "twelve"),
        ("discount", 12.5),
        ("discount", "1e400"),
        ("discount", "1000000000.00"),
        ("discount", "-0.01"),
        ("discount", None),
        ("paid", "yes"),
        ("paid", 1),
        ("paid", None),
        ("held_at", "2026-01-31T08:30:00"),
        ("held_at", "yesterday"),
        ("held_at", 1),
        ("note", 1),
        ("note", "\x00"),
        ("topic_id", None),
        ("topic_id", "not a key"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v1/bookings", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    topic_row = await factory.topic(room=200)
    sent = BODY | {"topic_id": str(topic_row.id)}
    response = await client.post("/api/v1/bookings/bulk", json={"items": [sent]}, headers=headers)
    assert response.status_code == 201
    assert len(response.json()["items"]) == 1
    none = await client.post("/api/v1/bookings/bulk", json={"items": []}, headers=headers)
    assert none.status_code == 422


async def test_create_keeps_invariants(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    topic_row = await factory.topic(room=200)
    sent = BODY | {"topic_id": str(topic_row.id)}
    cases: list[tuple[dict[str, object], int, str]] = [
        (
            {
                "note": "Note",
                "price": "12.50",
                "discount": "12.50",
                "children": 1,
                "seats": 1,
                "paid": False,
                "extras": 2,
            },
            409,
            "seats_for_all",
        ),
        (
            {
                "children": 1,
                "extras": 1,
                "seats": 1,
                "note": "Note",
                "paid": False,
                "price": "12.50",
                "discount": "13.50",
            },
            422,
            "discount_within_price",
        ),
    ]
    for broken, status, code in cases:
        response = await client.post("/api/v1/bookings", json=sent | broken, headers=headers)
        assert response.status_code == status
        assert response.json()["code"] == code


async def test_update_keeps_invariants(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.booking(topic=await factory.topic(room=200))
    cases: list[tuple[dict[str, object], int, str]] = [
        (
            {
                "note": "Note",
                "price": "12.50",
                "discount": "12.50",
                "children": 1,
                "seats": 1,
                "paid": False,
                "extras": 2,
            },
            409,
            "seats_for_all",
        ),
        (
            {
                "children": 1,
                "extras": 1,
                "seats": 1,
                "note": "Note",
                "paid": False,
                "price": "12.50",
                "discount": "13.50",
            },
            422,
            "discount_within_price",
        ),
    ]
    for broken, status, code in cases:
        response = await client.patch(f"/api/v1/bookings/{row.id}", json=broken, headers=headers)
        assert response.status_code == status
        assert response.json()["code"] == code


async def test_create_keeps_fits_the_room(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    topic_row = await factory.topic()
    response = await client.post(
        "/api/v1/bookings", json=BODY | {"topic_id": str(topic_row.id)}, headers=headers
    )
    assert response.status_code == 409
    assert response.json()["code"] == "fits_the_room"


async def test_update_keeps_fits_the_room(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.booking()
    response = await client.patch(f"/api/v1/bookings/{row.id}", json={}, headers=headers)
    assert response.status_code == 409
    assert response.json()["code"] == "fits_the_room"


async def test_delete_keeps_paid_is_kept(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.booking(
        topic=await factory.topic(room=200),
        children=1,
        extras=1,
        seats=1,
        note="Note",
        price=Decimal("12.50"),
        discount=Decimal("12.50"),
        paid=True,
    )
    response = await client.delete(f"/api/v1/bookings/{row.id}", headers=headers)
    assert response.status_code == 409
    assert response.json()["code"] == "paid_is_kept"


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.booking(topic=await factory.topic(room=200))
    url = "/api/v1/bookings"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.booking(topic=await factory.topic(room=200))
    for _ in range(1):
        await factory.booking(topic=await factory.topic(room=200))
    url = "/api/v1/bookings"
    cases: list[dict[str, str]] = [
        {"people": "1"},
        {"people_min": "1"},
        {"people_max": "1"},
        {"topic_title": "a"},
        {"topic_remark_count": "1"},
        {"topic_remark_count_min": "1"},
        {"topic_remark_count_max": "1"},
        {"deposit": "1"},
        {"deposit_min": "1"},
        {"deposit_max": "1"},
        {"sort": "created_at"},
        {"sort": "-created_at"},
        {"sort": "held_at"},
        {"sort": "-held_at"},
        {"sort": "seats"},
        {"sort": "-seats"},
        {"sort": "owed"},
        {"sort": "-owed"},
        {"sort": "topic_title"},
        {"sort": "-topic_title"},
    ]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.booking(topic=await factory.topic(room=200))
    for _ in range(2):
        await factory.booking(topic=await factory.topic(room=200))
    url = "/api/v1/bookings"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.booking(topic=await factory.topic(room=200))
    url = "/api/v1/bookings"
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
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.booking(topic=await factory.topic(room=200))
    url = "/api/v1/bookings"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.booking(topic=await factory.topic(room=200))
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_computed_attributes(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.booking(topic=await factory.topic(room=200))
    response = await client.get(f"/api/v1/bookings/{row.id}", headers=headers)
    read = response.json()
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Booking, row.id, options=[joinedload(Booking.topic)])
    assert read["people"] == stored.seats + stored.children
    assert Decimal(read["owed"]) == (Decimal(0) if stored.paid else stored.price - stored.discount)
    assert Decimal(read["deposit"]) == 2 * stored.price - stored.discount
    assert read["topic_title"] == stored.topic.title
    assert read["fills_the_room"] == (
        stored.seats + stored.children >= stored.topic.room
        and stored.topic.stage is not Stage.CLOSED
    )
    for params in (
        {"people": str(read["people"])},
        {"topic_title": read["topic_title"]},
        {"deposit": read["deposit"]},
    ):
        response = await client.get("/api/v1/bookings", params=params, headers=headers)
        assert read in response.json()["items"]


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.booking()
    assert (await client.get(f"/api/v1/bookings/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/bookings/{row.id}", json={})).status_code == 401
    assert (await client.put(f"/api/v1/bookings/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/bookings/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/bookings")).status_code == 401
    assert (await client.post("/api/v1/bookings", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.booking()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/bookings/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/bookings/{row.id}", json={}, headers=headers)
    ).status_code == 404
    topic_row = await factory.topic(room=200)
    assert (
        await client.put(
            f"/api/v1/bookings/{row.id}",
            json=BODY | {"topic_id": str(topic_row.id)},
            headers=headers,
        )
    ).status_code == 404
    assert (await client.delete(f"/api/v1/bookings/{row.id}", headers=headers)).status_code == 404


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.booking()
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get("/api/v1/bookings", headers=headers)
    assert response.json()["items"] == []
