"""API models of classes."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import CursorPage, CursorQuery, InputModel, OutputModel
from app.schemas.types import WHOLE, Bool, Date, DecimalText, Int, Line, Text, UtcDatetime

ClassFalse = Annotated[Line, Field(min_length=1, max_length=40)]
ClassNone = Annotated[Int, Field(ge=-2_147_483_648, le=2_147_483_647), WHOLE]
And = Annotated[Text, Field(max_length=100_000)]
As = Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?$")]


class ClassBase(InputModel):
    """What clients decide about one class."""

    False_: ClassFalse | None = Field(default=None, alias="False")
    None_: ClassNone | None = Field(default=None, alias="None")
    True_: Bool = Field(default=False, alias="True")
    and_: And | None = Field(default=None, alias="and")
    as_: As | None = Field(default=None, alias="as")
    assert_: Date | None = Field(default=None, alias="assert")
    async_: ClassFalse | None = Field(default=None, alias="async")
    await_: ClassNone | None = Field(default=None, alias="await")
    break_: Bool = Field(default=False, alias="break")
    class_: And | None = Field(default=None, alias="class")
    continue_: As | None = Field(default=None, alias="continue")
    def_: Date | None = Field(default=None, alias="def")
    del_: ClassFalse | None = Field(default=None, alias="del")
    elif_: ClassNone | None = Field(default=None, alias="elif")
    else_: Bool = Field(default=False, alias="else")
    except_: And | None = Field(default=None, alias="except")
    finally_: As | None = Field(default=None, alias="finally")
    for_: Date | None = Field(default=None, alias="for")
    from_: ClassFalse | None = Field(default=None, alias="from")
    global_: ClassNone | None = Field(default=None, alias="global")
    if_: Bool = Field(default=False, alias="if")
    import_: And | None = Field(default=None, alias="import")
    in_: As | None = Field(default=None, alias="in")
    is_: Date | None = Field(default=None, alias="is")
    lambda_: ClassFalse | None = Field(default=None, alias="lambda")
    nonlocal_: ClassNone | None = Field(default=None, alias="nonlocal")
    not_: Bool = Field(default=False, alias="not")
    or_: And | None = Field(default=None, alias="or")
    pass_: As | None = Field(default=None, alias="pass")
    raise_: Date | None = Field(default=None, alias="raise")
    return_: ClassFalse | None = Field(default=None, alias="return")
    try_: ClassNone | None = Field(default=None, alias="try")
    while_: Bool = Field(default=False, alias="while")
    with_: And | None = Field(default=None, alias="with")
    yield_: As | None = Field(default=None, alias="yield")


class ClassCreate(ClassBase):
    """One new class."""


class ClassUpdate(InputModel):
    """Changes to one class: omitted members stay, null clears those that may be null."""

    False_: ClassFalse | MISSING | None = Field(default=MISSING, alias="False")
    None_: ClassNone | MISSING | None = Field(default=MISSING, alias="None")
    True_: Bool | MISSING = Field(default=MISSING, alias="True")
    and_: And | MISSING | None = Field(default=MISSING, alias="and")
    as_: As | MISSING | None = Field(default=MISSING, alias="as")
    assert_: Date | MISSING | None = Field(default=MISSING, alias="assert")
    async_: ClassFalse | MISSING | None = Field(default=MISSING, alias="async")
    await_: ClassNone | MISSING | None = Field(default=MISSING, alias="await")
    break_: Bool | MISSING = Field(default=MISSING, alias="break")
    class_: And | MISSING | None = Field(default=MISSING, alias="class")
    continue_: As | MISSING | None = Field(default=MISSING, alias="continue")
    def_: Date | MISSING | None = Field(default=MISSING, alias="def")
    del_: ClassFalse | MISSING | None = Field(default=MISSING, alias="del")
    elif_: ClassNone | MISSING | None = Field(default=MISSING, alias="elif")
    else_: Bool | MISSING = Field(default=MISSING, alias="else")
    except_: And | MISSING | None = Field(default=MISSING, alias="except")
    finally_: As | MISSING | None = Field(default=MISSING, alias="finally")
    for_: Date | MISSING | None = Field(default=MISSING, alias="for")
    from_: ClassFalse | MISSING | None = Field(default=MISSING, alias="from")
    global_: ClassNone | MISSING | None = Field(default=MISSING, alias="global")
    if_: Bool | MISSING = Field(default=MISSING, alias="if")
    import_: And | MISSING | None = Field(default=MISSING, alias="import")
    in_: As | MISSING | None = Field(default=MISSING, alias="in")
    is_: Date | MISSING | None = Field(default=MISSING, alias="is")
    lambda_: ClassFalse | MISSING | None = Field(default=MISSING, alias="lambda")
    nonlocal_: ClassNone | MISSING | None = Field(default=MISSING, alias="nonlocal")
    not_: Bool | MISSING = Field(default=MISSING, alias="not")
    or_: And | MISSING | None = Field(default=MISSING, alias="or")
    pass_: As | MISSING | None = Field(default=MISSING, alias="pass")
    raise_: Date | MISSING | None = Field(default=MISSING, alias="raise")
    return_: ClassFalse | MISSING | None = Field(default=MISSING, alias="return")
    try_: ClassNone | MISSING | None = Field(default=MISSING, alias="try")
    while_: Bool | MISSING = Field(default=MISSING, alias="while")
    with_: And | MISSING | None = Field(default=MISSING, alias="with")
    yield_: As | MISSING | None = Field(default=MISSING, alias="yield")


class ClassRead(OutputModel):
    """A class."""

    id: UUID
    False_: str | None = Field(serialization_alias="False")
    None_: int | None = Field(serialization_alias="None")
    True_: bool = Field(serialization_alias="True")
    and_: str | None = Field(serialization_alias="and")
    as_: As | None = Field(serialization_alias="as")
    assert_: Date | None = Field(serialization_alias="assert")
    async_: str | None = Field(serialization_alias="async")
    await_: int | None = Field(serialization_alias="await")
    break_: bool = Field(serialization_alias="break")
    class_: str | None = Field(serialization_alias="class")
    continue_: As | None = Field(serialization_alias="continue")
    def_: Date | None = Field(serialization_alias="def")
    del_: str | None = Field(serialization_alias="del")
    elif_: int | None = Field(serialization_alias="elif")
    else_: bool = Field(serialization_alias="else")
    except_: str | None = Field(serialization_alias="except")
    finally_: As | None = Field(serialization_alias="finally")
    for_: Date | None = Field(serialization_alias="for")
    from_: str | None = Field(serialization_alias="from")
    global_: int | None = Field(serialization_alias="global")
    if_: bool = Field(serialization_alias="if")
    import_: str | None = Field(serialization_alias="import")
    in_: As | None = Field(serialization_alias="in")
    is_: Date | None = Field(serialization_alias="is")
    lambda_: str | None = Field(serialization_alias="lambda")
    nonlocal_: int | None = Field(serialization_alias="nonlocal")
    not_: bool = Field(serialization_alias="not")
    or_: str | None = Field(serialization_alias="or")
    pass_: As | None = Field(serialization_alias="pass")
    raise_: Date | None = Field(serialization_alias="raise")
    return_: str | None = Field(serialization_alias="return")
    try_: int | None = Field(serialization_alias="try")
    while_: bool = Field(serialization_alias="while")
    with_: str | None = Field(serialization_alias="with")
    yield_: As | None = Field(serialization_alias="yield")
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class ClassSort(StrEnum):
    """The orders of the list of classes."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ClassListQuery(CursorQuery):
    """The query of the list of classes."""

    sort: ClassSort = ClassSort.CREATED_AT_DESC


class ClassPage(CursorPage[ClassRead]):
    """One page of classes."""
