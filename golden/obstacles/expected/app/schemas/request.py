"""API models of requests."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import (
    WHOLE,
    Absent,
    Bool,
    Date,
    DecimalText,
    Int,
    Line,
    SearchText,
    Text,
    UtcDatetime,
)

RequestSelf = Annotated[Line, Field(min_length=1, max_length=40)]
Cls = Annotated[Int, Field(ge=-2_147_483_648, le=2_147_483_647), WHOLE]
RequestRequest = Annotated[Text, Field(max_length=100_000)]
RequestResponse = Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?$")]


class RequestBase(InputModel):
    """What clients decide about one request."""

    self_: RequestSelf | None = Field(default=None, alias="self")
    cls: Cls | None = None
    app: Bool = False
    request: RequestRequest | None = None
    response: RequestResponse | None = None
    router: Date | None = None
    service: RequestSelf | None = None
    repository: Cls | None = None
    settings: Bool = False
    logger: RequestRequest | None = None
    db: RequestResponse | None = None
    database: Date | None = None
    logging: RequestSelf | None = None
    uuid: Cls | None = None
    datetime_: Bool = Field(default=False, alias="datetime")
    date_time: RequestRequest | None = None
    decimal: RequestResponse | None = None
    enum: Date | None = None
    typing: RequestSelf | None = None
    annotated: Cls | None = None
    field_: Bool = Field(default=False, alias="field")
    body: RequestRequest | None = None
    path: RequestResponse | None = None
    header: Date | None = None
    cookie: RequestSelf | None = None
    depends: Cls | None = None
    status: Bool = False
    query_params: RequestRequest | None = None
    limit: RequestResponse | None = None
    cursor: Date | None = None
    sort: RequestSelf | None = None
    q: Cls | None = None
    items: Bool = False
    total: RequestRequest | None = None
    next_cursor: RequestResponse | None = None
    etag: Date | None = None
    location: RequestSelf | None = None
    problem: Cls | None = None
    args: Bool = False
    kwargs: RequestRequest | None = None
    name: RequestResponse | None = None
    value: Date | None = None
    data: RequestSelf | None = None
    result: Cls | None = None
    row: Bool = False
    rows: RequestRequest | None = None
    entity: RequestResponse | None = None
    payload: Date | None = None
    current_user: RequestSelf | None = None
    viewer: Cls | None = None
    utcnow_: Bool = Field(default=False, alias="utcnow")
    annotations: RequestRequest | None = None


class RequestCreate(RequestBase):
    """One new request."""


class RequestUpdate(InputModel):
    """Changes to one request: omitted members stay, null clears those that may be null."""

    self_: RequestSelf | MISSING | None = Field(default=MISSING, alias="self")
    cls: Cls | MISSING | None = MISSING
    app: Bool | MISSING = MISSING
    request: RequestRequest | MISSING | None = MISSING
    response: RequestResponse | MISSING | None = MISSING
    router: Date | MISSING | None = MISSING
    service: RequestSelf | MISSING | None = MISSING
    repository: Cls | MISSING | None = MISSING
    settings: Bool | MISSING = MISSING
    logger: RequestRequest | MISSING | None = MISSING
    db: RequestResponse | MISSING | None = MISSING
    database: Date | MISSING | None = MISSING
    logging: RequestSelf | MISSING | None = MISSING
    uuid: Cls | MISSING | None = MISSING
    datetime_: Bool | MISSING = Field(default=MISSING, alias="datetime")
    date_time: RequestRequest | MISSING | None = MISSING
    decimal: RequestResponse | MISSING | None = MISSING
    enum: Date | MISSING | None = MISSING
    typing: RequestSelf | MISSING | None = MISSING
    annotated: Cls | MISSING | None = MISSING
    field_: Bool | MISSING = Field(default=MISSING, alias="field")
    body: RequestRequest | MISSING | None = MISSING
    path: RequestResponse | MISSING | None = MISSING
    header: Date | MISSING | None = MISSING
    cookie: RequestSelf | MISSING | None = MISSING
    depends: Cls | MISSING | None = MISSING
    status: Bool | MISSING = MISSING
    query_params: RequestRequest | MISSING | None = MISSING
    limit: RequestResponse | MISSING | None = MISSING
    cursor: Date | MISSING | None = MISSING
    sort: RequestSelf | MISSING | None = MISSING
    q: Cls | MISSING | None = MISSING
    items: Bool | MISSING = MISSING
    total: RequestRequest | MISSING | None = MISSING
    next_cursor: RequestResponse | MISSING | None = MISSING
    etag: Date | MISSING | None = MISSING
    location: RequestSelf | MISSING | None = MISSING
    problem: Cls | MISSING | None = MISSING
    args: Bool | MISSING = MISSING
    kwargs: RequestRequest | MISSING | None = MISSING
    name: RequestResponse | MISSING | None = MISSING
    value: Date | MISSING | None = MISSING
    data: RequestSelf | MISSING | None = MISSING
    result: Cls | MISSING | None = MISSING
    row: Bool | MISSING = MISSING
    rows: RequestRequest | MISSING | None = MISSING
    entity: RequestResponse | MISSING | None = MISSING
    payload: Date | MISSING | None = MISSING
    current_user: RequestSelf | MISSING | None = MISSING
    viewer: Cls | MISSING | None = MISSING
    utcnow_: Bool | MISSING = Field(default=MISSING, alias="utcnow")
    annotations: RequestRequest | MISSING | None = MISSING


class RequestRead(OutputModel):
    """A request."""

    id: UUID
    self_: str | None = Field(serialization_alias="self")
    cls: int | None
    app: bool
    request: str | None
    response: RequestResponse | None
    router: Date | None
    service: str | None
    repository: int | None
    settings: bool
    logger: str | None
    db: RequestResponse | None
    database: Date | None
    logging: str | None
    uuid: int | None
    datetime_: bool = Field(serialization_alias="datetime")
    date_time: str | None
    decimal: RequestResponse | None
    enum: Date | None
    typing: str | None
    annotated: int | None
    field_: bool = Field(serialization_alias="field")
    body: str | None
    path: RequestResponse | None
    header: Date | None
    cookie: str | None
    depends: int | None
    status: bool
    query_params: str | None
    limit: RequestResponse | None
    cursor: Date | None
    sort: str | None
    q: int | None
    items: bool
    total: str | None
    next_cursor: RequestResponse | None
    etag: Date | None
    location: str | None
    problem: int | None
    args: bool
    kwargs: str | None
    name: RequestResponse | None
    value: Date | None
    data: str | None
    result: int | None
    row: bool
    rows: str | None
    entity: RequestResponse | None
    payload: Date | None
    current_user: str | None
    viewer: int | None
    utcnow_: bool = Field(serialization_alias="utcnow")
    annotations: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class RequestSort(StrEnum):
    """The orders of the list of requests."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    CURSOR = "cursor"
    CURSOR_DESC = "-cursor"
    LIMIT = "limit"
    LIMIT_DESC = "-limit"


class RequestListQuery(PageQuery):
    """The query of the list of requests."""

    uuid: Annotated[int, Field(ge=-2_147_483_648, le=2_147_483_647)] | Absent = None
    uuid_min: Annotated[int, Field(ge=-2_147_483_648, le=2_147_483_647)] | Absent = None
    uuid_max: Annotated[int, Field(ge=-2_147_483_648, le=2_147_483_647)] | Absent = None
    q: SearchText | Absent = None
    sort: RequestSort = RequestSort.CREATED_AT_DESC


class RequestPage(Page[RequestRead]):
    """One page of requests."""
