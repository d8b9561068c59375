from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from httpx2 import AsyncClient
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Booking, Topic
from app.models.enums import MemberRole, Stage
from tests.factories import Factory, counted_selects

_BOUND_20 = 20
BODY: dict[str, Any] = {
    "title": "Title",
    "stage": "draft",
    "closed_at": "2026-01-31T08:30:00Z",
    "room": 1,
}
CHANGES: dict[str, Any] = {
    "title": "Other",
    "stage": "open",
    "closed_at": "2026-02-28T17:45:00Z",
    "room": 2,
}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.id}"
    for member in ("closed_at",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("title", "stage", "room"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.id}"
    response = await client.put(url, json=BODY, headers=headers)
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Topic, row.id)
    assert stored is None


async def test_a_row_in_use_cannot_be_deleted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.id}"
    await factory.booking(topic=row)
    response = await client.delete(url, headers=headers)
    assert response.status_code == 409


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/topics/{uuid7()}", headers=headers)
    assert response.status_code == 404
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.patch(f"/api/v1/topics/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/topics/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.post("/api/v1/topics", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object, str]] = [("parent_id", str(uuid7()), "/parent_id")]
    for member, value, place in cases:
        response = await client.post("/api/v1/topics", json=sent | {member: value}, headers=headers)
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("title", 1),
        ("title", "\x00"),
        ("title", ""),
        ("title", None),
        ("stage", "no such value"),
        ("stage", 1),
        ("stage", None),
        ("closed_at", "2026-01-31T08:30:00"),
        ("closed_at", "yesterday"),
        ("closed_at", 1),
        ("room", "1"),
        ("room", 1.5),
        ("room", True),
        ("room", -1),
        ("room", 501),
        ("room", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/topics", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_integers_reach_their_bounds(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.topic()
    url = f"/api/v1/topics/{row.id}"
    for member, value in (("room", 0), ("room", 500)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 200
        assert response.json()[member] == value
    for member, value in (("room", -1), ("room", 501)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 422


async def test_a_row_does_not_refer_to_itself(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.topic()
    response = await client.patch(
        f"/api/v1/topics/{row.id}", json={"parent_id": str(row.id)}, headers=headers
    )
    assert response.status_code == 422
    assert response.json()["code"] == "not_its_own_parent"


async def test_rows_keep_invariants(factory: Factory) -> None:
    with pytest.raises(IntegrityError, match="ck_topics_closed_has_a_time"):
        await factory.topic(reviews=0, reviewed_by=None, room=1, stage=Stage.CLOSED, closed_at=None)
    with pytest.raises(IntegrityError, match="ck_topics_reviews_have_a_reviewer"):
        await factory.topic(
            stage=Stage.DRAFT,
            closed_at=datetime.fromisoformat("2026-01-31T08:30:00Z"),
            room=1,
            reviews=1,
            reviewed_by=None,
        )


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.topic()
    url = "/api/v1/topics"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.topic()
    for _ in range(1):
        await factory.topic()
    url = "/api/v1/topics"
    cases: list[dict[str, str]] = [
        {"stage": "draft"},
        {"parent_id": "0195c9a0-0000-7000-8000-000000000001"},
        {"is_reviewed": "true"},
        {"seats_left": "1"},
        {"seats_left_min": "1"},
        {"seats_left_max": "1"},
        {"all_paid": "true"},
        {"sort": "created_at"},
        {"sort": "-created_at"},
        {"sort": "closed_at"},
        {"sort": "-closed_at"},
        {"sort": "title"},
        {"sort": "-title"},
        {"sort": "remark_count"},
        {"sort": "-remark_count"},
        {"sort": "longest_remark"},
        {"sort": "-longest_remark"},
        {"sort": "stage_and_time"},
        {"sort": "-stage_and_time"},
        {"q": "a"},
    ]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.topic()
    for _ in range(2):
        await factory.topic()
    url = "/api/v1/topics"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.topic()
    url = "/api/v1/topics"
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
    await factory.topic()
    url = "/api/v1/topics"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.topic()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_computed_attributes(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.topic()
    for _ in range(2):
        await factory.remark(topic=row)
    for _ in range(2):
        await factory.booking(topic=row)
    response = await client.get(f"/api/v1/topics/{row.id}", headers=headers)
    read = response.json()
    async with database.session(read_only=True) as session:
        stored = await session.get_one(
            Topic,
            row.id,
            options=[
                selectinload(Topic.bookings).joinedload(Booking.owner),
                selectinload(Topic.remarks),
            ],
        )
    assert read["is_reviewed"] == (stored.reviews > 0)
    assert datetime.fromisoformat(read["stage_and_time"]) == (
        stored.closed_at
        if stored.closed_at is not None and stored.stage is Stage.CLOSED
        else stored.created_at
    )
    assert read["remark_count"] == len(stored.remarks)
    assert read["longest_remark"] == max(
        (len(remark.text) for remark in stored.remarks), default=None
    )
    assert read["seats_left"] == stored.room - sum(
        booking.seats + booking.children for booking in stored.bookings
    )
    assert Decimal(read["turnover"]) == sum(
        (booking.price - booking.discount for booking in stored.bookings if booking.paid),
        Decimal(0),
    )
    assert read["has_large_bookings"] == any(
        booking.seats > _BOUND_20 or booking.owner.role is MemberRole.CLERK
        for booking in stored.bookings
    )
    assert read["all_paid"] == all(booking.paid for booking in stored.bookings)
    for params in (
        {"is_reviewed": str(read["is_reviewed"]).lower()},
        {"seats_left": str(read["seats_left"])},
        {"all_paid": str(read["all_paid"]).lower()},
    ):
        response = await client.get("/api/v1/topics", params=params, headers=headers)
        assert read in response.json()["items"]


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.topic()
    assert (await client.get(f"/api/v1/topics/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/topics/{row.id}", json={})).status_code == 401
    assert (await client.put(f"/api/v1/topics/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/topics/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/topics")).status_code == 401
    assert (await client.post("/api/v1/topics", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.topic()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (
        await client.patch(f"/api/v1/topics/{row.id}", json={}, headers=headers)
    ).status_code == 403
    assert (
        await client.put(f"/api/v1/topics/{row.id}", json=BODY, headers=headers)
    ).status_code == 403
    assert (await client.delete(f"/api/v1/topics/{row.id}", headers=headers)).status_code == 403
