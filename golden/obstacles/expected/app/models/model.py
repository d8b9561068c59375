"""Models."""

from datetime import date
from decimal import Decimal

from sqlalchemy import String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.core.column_types import ExactDecimal
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Model(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A model."""

    __tablename__ = "models"

    list_: Mapped[str | None] = mapped_column("list", String(40))
    dict_: Mapped[int | None] = mapped_column("dict")
    set_: Mapped[bool] = mapped_column("set", default=False, server_default=false())
    str_: Mapped[str | None] = mapped_column("str", Text)
    int_: Mapped[Decimal | None] = mapped_column("int", ExactDecimal(8, 2))
    float_: Mapped[date | None] = mapped_column("float")
    bool_: Mapped[str | None] = mapped_column("bool", String(40))
    bytes_: Mapped[int | None] = mapped_column("bytes")
    object_: Mapped[bool] = mapped_column("object", default=False, server_default=false())
    property_: Mapped[str | None] = mapped_column("property", Text)
    super_: Mapped[Decimal | None] = mapped_column("super", ExactDecimal(8, 2))
    print: Mapped[date | None] = mapped_column()
    input: Mapped[str | None] = mapped_column(String(40))
    filter: Mapped[int | None] = mapped_column()
    map: Mapped[bool] = mapped_column(default=False, server_default=false())
    max: Mapped[str | None] = mapped_column(Text)
    min: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    sum: Mapped[date | None] = mapped_column()
    len_: Mapped[str | None] = mapped_column("len", String(40))
    range: Mapped[int | None] = mapped_column()
    format: Mapped[bool] = mapped_column(default=False, server_default=false())
    hash: Mapped[str | None] = mapped_column(Text)
    open: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    vars: Mapped[date | None] = mapped_column()
    zip: Mapped[str | None] = mapped_column(String(40))
    any: Mapped[int | None] = mapped_column()
    dir: Mapped[bool] = mapped_column(default=False, server_default=false())
    next: Mapped[str | None] = mapped_column(Text)
    iter: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    sorted_: Mapped[date | None] = mapped_column("sorted")
    round: Mapped[str | None] = mapped_column(String(40))
    abs: Mapped[int | None] = mapped_column()
    all: Mapped[bool] = mapped_column(default=False, server_default=false())
    help: Mapped[str | None] = mapped_column(Text)
    exit: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    tuple_: Mapped[date | None] = mapped_column("tuple")
    frozenset_: Mapped[str | None] = mapped_column("frozenset", String(40))
    slice: Mapped[int | None] = mapped_column()
    isinstance: Mapped[bool] = mapped_column(default=False, server_default=false())
    callable: Mapped[str | None] = mapped_column(Text)
    classmethod_: Mapped[Decimal | None] = mapped_column("classmethod", ExactDecimal(8, 2))
    staticmethod_: Mapped[date | None] = mapped_column("staticmethod")
    exec: Mapped[str | None] = mapped_column(String(40))
    eval: Mapped[int | None] = mapped_column()
    compile: Mapped[bool] = mapped_column(default=False, server_default=false())
    globals: Mapped[str | None] = mapped_column(Text)
    locals: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    repr: Mapped[date | None] = mapped_column()
    reversed: Mapped[str | None] = mapped_column(String(40))
    enumerate: Mapped[int | None] = mapped_column()
    divmod: Mapped[bool] = mapped_column(default=False, server_default=false())
    pow: Mapped[str | None] = mapped_column(Text)
    chr: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    ord: Mapped[date | None] = mapped_column()
    hex: Mapped[str | None] = mapped_column(String(40))
    oct: Mapped[int | None] = mapped_column()
    bin: Mapped[bool] = mapped_column(default=False, server_default=false())
    complex: Mapped[str | None] = mapped_column(Text)
    memoryview: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    bytearray: Mapped[date | None] = mapped_column()
    delattr: Mapped[str | None] = mapped_column(String(40))
    getattr: Mapped[int | None] = mapped_column()
    setattr: Mapped[bool] = mapped_column(default=False, server_default=false())
    hasattr: Mapped[str | None] = mapped_column(Text)
    issubclass: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    ascii: Mapped[date | None] = mapped_column()
    breakpoint: Mapped[str | None] = mapped_column(String(40))
    aiter: Mapped[int | None] = mapped_column()
    anext: Mapped[bool] = mapped_column(default=False, server_default=false())
    match: Mapped[str | None] = mapped_column(Text)
    case: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    type_: Mapped[date | None] = mapped_column("type")
