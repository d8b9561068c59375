"""API models of everythings."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field, JsonValue

from app.core.clock import utcnow, utctoday
from app.core.ids import uuid7
from app.models.enums import Color, Size, Stage
from app.schemas.base import CursorPage, CursorQuery, InputModel, OutputModel
from app.schemas.types import (
    WHOLE,
    Absent,
    AnyLine,
    Base64,
    Bool,
    Date,
    DecimalText,
    Duration,
    Email,
    Except,
    Float,
    Int,
    Ip,
    Json,
    Line,
    SearchText,
    Slug,
    Text,
    Time,
    Url,
    UtcDatetime,
)
from app.schemas.values import Address, AddressRead

Name = Annotated[Line, Field(min_length=1, max_length=80)]
EverythingSlug = Annotated[Slug, Field(max_length=200), Except("bulk")]
Note = Annotated[Text, Field(max_length=100_000)]
Title = Annotated[Line, Field(min_length=1, max_length=200)]
EverythingBody = Annotated[Text, Field(max_length=2000)]
Count = Annotated[Int, Field(ge=-5, le=5), WHOLE]
Large = Annotated[Int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808), WHOLE]
Ratio = Annotated[Float, Field(ge=0.0, le=1.0)]
Price = Annotated[
    Decimal, DecimalText(2, r"^(0\.(0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,4}(\.[0-9]{1,2})?)$")
]
Blob = Annotated[bytes, Base64(1024)]
Colors = Annotated[list[Color], Field(max_length=100)]
Tags = Annotated[list[Annotated[Line, Field(min_length=1, max_length=20)]], Field(max_length=100)]
Scores = Annotated[list[Annotated[Int, Field(ge=0, le=100), WHOLE]], Field(max_length=100)]
Legacy = Annotated[AnyLine, Field(max_length=255)]
Reference = Annotated[Line, Field(min_length=1, max_length=32)]
Nickname = Annotated[Line, Field(min_length=1, max_length=40)]
Grade = Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,1})(\.[0-9]{1,2})?$")]
Tolerance = Annotated[Decimal, DecimalText(9, r"^(0|[1-9][0-9]{0,2})(\.[0-9]{1,9})?$")]
Marks = Annotated[
    list[Annotated[Int, Field(ge=-2_147_483_648, le=2_147_483_647), WHOLE]], Field(max_length=100)
]
Moments = Annotated[list[UtcDatetime], Field(max_length=100)]


class EverythingBase(InputModel):
    """What clients decide about one everything."""

    name: Name
    slug: EverythingSlug | MISSING = MISSING
    note: Note | None = None
    title: Title = Field(description="What it is called", examples=["A thing"])
    body: EverythingBody = ""
    count: Count = 0
    large: Large | None = None
    ratio: Ratio = 0.5
    price: Price = Decimal("9.9")
    active: Bool = True
    day: Date = Field(default_factory=utctoday)
    start: Time = time.fromisoformat("08:30:00")
    moment: UtcDatetime = Field(default_factory=utcnow)
    length: Duration = Field(default_factory=lambda: timedelta(hours=1, minutes=30))
    token: UUID = Field(default_factory=uuid7)
    meta: Json = Field(default_factory=dict[str, JsonValue])
    blob: Blob | None = None
    contact: Email | None = None
    link: Url | None = None
    address: Ip | None = None
    color: Color = Color.RED
    size: Size | None = None
    stage: Stage = Stage.IDEA
    colors: Colors = Field(default_factory=list[Color])
    tags: Tags = Field(default_factory=list[str])
    scores: Scores | None = None
    billing: Address
    shipping: Address | None = None
    legacy: Legacy | None = Field(default=None, json_schema_extra={"deprecated": True})
    secret_note: Legacy | None = None
    reference: Reference | None = None
    nickname: Nickname | None = "thing"
    due: Date | None = Field(default_factory=utctoday)
    grade: Grade | None = Decimal(1)
    tolerance: Tolerance = Field(
        default=Decimal("0.00000025"), json_schema_extra={"default": "0.00000025"}
    )
    hints: Json | None = Field(default_factory=dict[str, JsonValue])
    marks: Marks | None = Field(default_factory=lambda: [1])
    moments: Moments | None = Field(default_factory=list[datetime])


class EverythingCreate(EverythingBase):
    """One new everything."""


class EverythingReplace(EverythingBase):
    """All of one everything, in place of what it was."""


class EverythingUpdate(InputModel):
    """Changes to one everything: omitted members stay, null clears those that may be null."""

    name: Name | MISSING = MISSING
    slug: EverythingSlug | MISSING = MISSING
    note: Note | MISSING | None = MISSING
    title: Title | MISSING = Field(
        default=MISSING, description="What it is called", examples=["A thing"]
    )
    body: EverythingBody | MISSING = MISSING
    count: Count | MISSING = MISSING
    large: Large | MISSING | None = MISSING
    ratio: Ratio | MISSING = MISSING
    price: Price | MISSING = MISSING
    active: Bool | MISSING = MISSING
    day: Date | MISSING = MISSING
    start: Time | MISSING = MISSING
    moment: UtcDatetime | MISSING = MISSING
    length: Duration | MISSING = MISSING
    token: UUID | MISSING = MISSING
    meta: Json | MISSING = MISSING
    blob: Blob | MISSING | None = MISSING
    contact: Email | MISSING | None = MISSING
    link: Url | MISSING | None = MISSING
    address: Ip | MISSING | None = MISSING
    color: Color | MISSING = MISSING
    size: Size | MISSING | None = MISSING
    stage: Stage | MISSING = MISSING
    colors: Colors | MISSING = MISSING
    tags: Tags | MISSING = MISSING
    scores: Scores | MISSING | None = MISSING
    billing: Address | MISSING = MISSING
    shipping: Address | MISSING | None = MISSING
    legacy: Legacy | MISSING | None = Field(default=MISSING, json_schema_extra={"deprecated": True})
    secret_note: Legacy | MISSING | None = MISSING
    reference: Reference | MISSING | None = MISSING
    nickname: Nickname | MISSING | None = MISSING
    due: Date | MISSING | None = MISSING
    grade: Grade | MISSING | None = MISSING
    tolerance: Tolerance | MISSING = MISSING
    hints: Json | MISSING | None = MISSING
    marks: Marks | MISSING | None = MISSING
    moments: Moments | MISSING | None = MISSING


class EverythingRead(OutputModel):
    """An attribute of every type."""

    id: UUID
    name: str
    slug: str
    note: str | None
    title: str = Field(description="What it is called", examples=["A thing"])
    body: str
    count: int
    large: int | None
    ratio: float
    price: Price
    active: bool
    day: Date
    start: Time
    moment: UtcDatetime
    length: Duration
    token: UUID
    meta: Json
    blob: Blob | None
    contact: str | None
    link: str | None
    address: str | None
    color: Color
    size: Size | None
    stage: Stage
    colors: list[Color]
    tags: list[str]
    scores: list[int] | None
    billing: AddressRead
    shipping: AddressRead | None
    legacy: str | None = Field(json_schema_extra={"deprecated": True})
    reference: str | None
    made_by: str
    nickname: str | None
    due: Date | None
    grade: Grade | None
    tolerance: Tolerance
    hints: Json | None
    marks: list[int] | None
    moments: list[UtcDatetime] | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class EverythingSort(StrEnum):
    """The orders of the list of everythings."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"
    NAME = "name"
    NAME_DESC = "-name"
    PRICE = "price"
    PRICE_DESC = "-price"
    DAY = "day"
    DAY_DESC = "-day"
    ACTIVE = "active"
    ACTIVE_DESC = "-active"
    UPDATED_AT = "updatedAt"
    UPDATED_AT_DESC = "-updatedAt"


class EverythingListQuery(CursorQuery):
    """The query of the list of everythings."""

    limit: Annotated[int, Field(ge=1, le=50)] = 10
    color: Color | Absent = None
    stage: Stage | Absent = None
    count: Annotated[int, Field(ge=-5, le=5)] | Absent = None
    count_min: Annotated[int, Field(ge=-5, le=5)] | Absent = None
    count_max: Annotated[int, Field(ge=-5, le=5)] | Absent = None
    price: Price | Absent = None
    price_min: Price | Absent = None
    price_max: Price | Absent = None
    day: Date | Absent = None
    day_from: Date | Absent = None
    day_before: Date | Absent = None
    moment: UtcDatetime | Absent = None
    moment_from: UtcDatetime | Absent = None
    moment_before: UtcDatetime | Absent = None
    active: bool | Absent = None
    name: Name | Absent = None
    id: UUID | Absent = None
    is_active: bool | Absent = None
    created_at: UtcDatetime | Absent = None
    created_at_from: UtcDatetime | Absent = None
    created_at_before: UtcDatetime | Absent = None
    q: SearchText | Absent = None
    sort: EverythingSort = EverythingSort.CREATED_AT_DESC


class EverythingPage(CursorPage[EverythingRead]):
    """One page of everythings."""


class EverythingBulkCreate(InputModel):
    """New everythings: all of them are made, or none."""

    items: Annotated[list[EverythingCreate], Field(min_length=1, max_length=100)]


class EverythingBulkResult(OutputModel):
    """The everythings that were made."""

    items: list[EverythingRead]
