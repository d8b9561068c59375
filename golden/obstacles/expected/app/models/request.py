"""Requests."""

from datetime import date
from decimal import Decimal

from sqlalchemy import String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.core.column_types import ExactDecimal
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class RequestEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A request."""

    __tablename__ = "requests"

    self_: Mapped[str | None] = mapped_column("self", String(40))
    cls: Mapped[int | None] = mapped_column()
    app: Mapped[bool] = mapped_column(default=False, server_default=false())
    request: Mapped[str | None] = mapped_column(Text)
    response: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    router: Mapped[date | None] = mapped_column()
    service: Mapped[str | None] = mapped_column(String(40))
    repository: Mapped[int | None] = mapped_column()
    settings: Mapped[bool] = mapped_column(default=False, server_default=false())
    logger: Mapped[str | None] = mapped_column(Text)
    db: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    database: Mapped[date | None] = mapped_column()
    logging: Mapped[str | None] = mapped_column(String(40))
    uuid: Mapped[int | None] = mapped_column()
    datetime_: Mapped[bool] = mapped_column("datetime", default=False, server_default=false())
    date_time: Mapped[str | None] = mapped_column(Text)
    decimal: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    enum: Mapped[date | None] = mapped_column()
    typing: Mapped[str | None] = mapped_column(String(40))
    annotated: Mapped[int | None] = mapped_column()
    field_: Mapped[bool] = mapped_column("field", default=False, server_default=false())
    body: Mapped[str | None] = mapped_column(Text)
    path: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    header: Mapped[date | None] = mapped_column()
    cookie: Mapped[str | None] = mapped_column(String(40))
    depends: Mapped[int | None] = mapped_column()
    status: Mapped[bool] = mapped_column(default=False, server_default=false())
    query_params: Mapped[str | None] = mapped_column(Text)
    limit: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    cursor: Mapped[date | None] = mapped_column()
    sort: Mapped[str | None] = mapped_column(String(40))
    q: Mapped[int | None] = mapped_column()
    items: Mapped[bool] = mapped_column(default=False, server_default=false())
    total: Mapped[str | None] = mapped_column(Text)
    next_cursor: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    etag: Mapped[date | None] = mapped_column()
    location: Mapped[str | None] = mapped_column(String(40))
    problem: Mapped[int | None] = mapped_column()
    args: Mapped[bool] = mapped_column(default=False, server_default=false())
    kwargs: Mapped[str | None] = mapped_column(Text)
    name: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    value: Mapped[date | None] = mapped_column()
    data: Mapped[str | None] = mapped_column(String(40))
    result: Mapped[int | None] = mapped_column()
    row: Mapped[bool] = mapped_column(default=False, server_default=false())
    rows: Mapped[str | None] = mapped_column(Text)
    entity: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    payload: Mapped[date | None] = mapped_column()
    current_user: Mapped[str | None] = mapped_column(String(40))
    viewer: Mapped[int | None] = mapped_column()
    utcnow_: Mapped[bool] = mapped_column("utcnow", default=False, server_default=false())
    annotations: Mapped[str | None] = mapped_column(Text)
