"""Classes."""

from datetime import date
from decimal import Decimal

from sqlalchemy import String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.core.column_types import ExactDecimal
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Class(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A class."""

    __tablename__ = "classes"

    False_: Mapped[str | None] = mapped_column("False", String(40))
    None_: Mapped[int | None] = mapped_column("None")
    True_: Mapped[bool] = mapped_column("True", default=False, server_default=false())
    and_: Mapped[str | None] = mapped_column("and", Text)
    as_: Mapped[Decimal | None] = mapped_column("as", ExactDecimal(8, 2))
    assert_: Mapped[date | None] = mapped_column("assert")
    async_: Mapped[str | None] = mapped_column("async", String(40))
    await_: Mapped[int | None] = mapped_column("await")
    break_: Mapped[bool] = mapped_column("break", default=False, server_default=false())
    class_: Mapped[str | None] = mapped_column("class", Text)
    continue_: Mapped[Decimal | None] = mapped_column("continue", ExactDecimal(8, 2))
    def_: Mapped[date | None] = mapped_column("def")
    del_: Mapped[str | None] = mapped_column("del", String(40))
    elif_: Mapped[int | None] = mapped_column("elif")
    else_: Mapped[bool] = mapped_column("else", default=False, server_default=false())
    except_: Mapped[str | None] = mapped_column("except", Text)
    finally_: Mapped[Decimal | None] = mapped_column("finally", ExactDecimal(8, 2))
    for_: Mapped[date | None] = mapped_column("for")
    from_: Mapped[str | None] = mapped_column("from", String(40))
    global_: Mapped[int | None] = mapped_column("global")
    if_: Mapped[bool] = mapped_column("if", default=False, server_default=false())
    import_: Mapped[str | None] = mapped_column("import", Text)
    in_: Mapped[Decimal | None] = mapped_column("in", ExactDecimal(8, 2))
    is_: Mapped[date | None] = mapped_column("is")
    lambda_: Mapped[str | None] = mapped_column("lambda", String(40))
    nonlocal_: Mapped[int | None] = mapped_column("nonlocal")
    not_: Mapped[bool] = mapped_column("not", default=False, server_default=false())
    or_: Mapped[str | None] = mapped_column("or", Text)
    pass_: Mapped[Decimal | None] = mapped_column("pass", ExactDecimal(8, 2))
    raise_: Mapped[date | None] = mapped_column("raise")
    return_: Mapped[str | None] = mapped_column("return", String(40))
    try_: Mapped[int | None] = mapped_column("try")
    while_: Mapped[bool] = mapped_column("while", default=False, server_default=false())
    with_: Mapped[str | None] = mapped_column("with", Text)
    yield_: Mapped[Decimal | None] = mapped_column("yield", ExactDecimal(8, 2))
