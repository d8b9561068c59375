"""API models of models."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Bool, Date, DecimalText, Int, Line, Text, UtcDatetime

List = Annotated[Line, Field(min_length=1, max_length=40)]
Dict = Annotated[Int, Field(ge=-2_147_483_648, le=2_147_483_647), WHOLE]
Str = Annotated[Text, Field(max_length=100_000)]
ModelInt = Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?$")]


class ModelBase(InputModel):
    """What clients decide about one model."""

    list_: List | None = Field(default=None, alias="list")
    dict_: Dict | None = Field(default=None, alias="dict")
    set_: Bool = Field(default=False, alias="set")
    str_: Str | None = Field(default=None, alias="str")
    int_: ModelInt | None = Field(default=None, alias="int")
    float_: Date | None = Field(default=None, alias="float")
    bool_: List | None = Field(default=None, alias="bool")
    bytes_: Dict | None = Field(default=None, alias="bytes")
    object_: Bool = Field(default=False, alias="object")
    property_: Str | None = Field(default=None, alias="property")
    super_: ModelInt | None = Field(default=None, alias="super")
    print: Date | None = None
    input: List | None = None
    filter: Dict | None = None
    map: Bool = False
    max: Str | None = None
    min: ModelInt | None = None
    sum: Date | None = None
    len_: List | None = Field(default=None, alias="len")
    range: Dict | None = None
    format: Bool = False
    hash: Str | None = None
    open: ModelInt | None = None
    vars: Date | None = None
    zip: List | None = None
    any: Dict | None = None
    dir: Bool = False
    next: Str | None = None
    iter: ModelInt | None = None
    sorted_: Date | None = Field(default=None, alias="sorted")
    round: List | None = None
    abs: Dict | None = None
    all: Bool = False
    help: Str | None = None
    exit: ModelInt | None = None
    tuple_: Date | None = Field(default=None, alias="tuple")
    frozenset_: List | None = Field(default=None, alias="frozenset")
    slice: Dict | None = None
    isinstance: Bool = False
    callable: Str | None = None
    classmethod_: ModelInt | None = Field(default=None, alias="classmethod")
    staticmethod_: Date | None = Field(default=None, alias="staticmethod")
    exec: List | None = None
    eval: Dict | None = None
    compile: Bool = False
    globals: Str | None = None
    locals: ModelInt | None = None
    repr: Date | None = None
    reversed: List | None = None
    enumerate: Dict | None = None
    divmod: Bool = False
    pow: Str | None = None
    chr: ModelInt | None = None
    ord: Date | None = None
    hex: List | None = None
    oct: Dict | None = None
    bin: Bool = False
    complex: Str | None = None
    memoryview: ModelInt | None = None
    bytearray: Date | None = None
    delattr: List | None = None
    getattr: Dict | None = None
    setattr: Bool = False
    hasattr: Str | None = None
    issubclass: ModelInt | None = None
    ascii: Date | None = None
    breakpoint: List | None = None
    aiter: Dict | None = None
    anext: Bool = False
    match: Str | None = None
    case: ModelInt | None = None
    type_: Date | None = Field(default=None, alias="type")


class ModelCreate(ModelBase):
    """One new model."""


class ModelUpdate(InputModel):
    """Changes to one model: omitted members stay, null clears those that may be null."""

    list_: List | MISSING | None = Field(default=MISSING, alias="list")
    dict_: Dict | MISSING | None = Field(default=MISSING, alias="dict")
    set_: Bool | MISSING = Field(default=MISSING, alias="set")
    str_: Str | MISSING | None = Field(default=MISSING, alias="str")
    int_: ModelInt | MISSING | None = Field(default=MISSING, alias="int")
    float_: Date | MISSING | None = Field(default=MISSING, alias="float")
    bool_: List | MISSING | None = Field(default=MISSING, alias="bool")
    bytes_: Dict | MISSING | None = Field(default=MISSING, alias="bytes")
    object_: Bool | MISSING = Field(default=MISSING, alias="object")
    property_: Str | MISSING | None = Field(default=MISSING, alias="property")
    super_: ModelInt | MISSING | None = Field(default=MISSING, alias="super")
    print: Date | MISSING | None = MISSING
    input: List | MISSING | None = MISSING
    filter: Dict | MISSING | None = MISSING
    map: Bool | MISSING = MISSING
    max: Str | MISSING | None = MISSING
    min: ModelInt | MISSING | None = MISSING
    sum: Date | MISSING | None = MISSING
    len_: List | MISSING | None = Field(default=MISSING, alias="len")
    range: Dict | MISSING | None = MISSING
    format: Bool | MISSING = MISSING
    hash: Str | MISSING | None = MISSING
    open: ModelInt | MISSING | None = MISSING
    vars: Date | MISSING | None = MISSING
    zip: List | MISSING | None = MISSING
    any: Dict | MISSING | None = MISSING
    dir: Bool | MISSING = MISSING
    next: Str | MISSING | None = MISSING
    iter: ModelInt | MISSING | None = MISSING
    sorted_: Date | MISSING | None = Field(default=MISSING, alias="sorted")
    round: List | MISSING | None = MISSING
    abs: Dict | MISSING | None = MISSING
    all: Bool | MISSING = MISSING
    help: Str | MISSING | None = MISSING
    exit: ModelInt | MISSING | None = MISSING
    tuple_: Date | MISSING | None = Field(default=MISSING, alias="tuple")
    frozenset_: List | MISSING | None = Field(default=MISSING, alias="frozenset")
    slice: Dict | MISSING | None = MISSING
    isinstance: Bool | MISSING = MISSING
    callable: Str | MISSING | None = MISSING
    classmethod_: ModelInt | MISSING | None = Field(default=MISSING, alias="classmethod")
    staticmethod_: Date | MISSING | None = Field(default=MISSING, alias="staticmethod")
    exec: List | MISSING | None = MISSING
    eval: Dict | MISSING | None = MISSING
    compile: Bool | MISSING = MISSING
    globals: Str | MISSING | None = MISSING
    locals: ModelInt | MISSING | None = MISSING
    repr: Date | MISSING | None = MISSING
    reversed: List | MISSING | None = MISSING
    enumerate: Dict | MISSING | None = MISSING
    divmod: Bool | MISSING = MISSING
    pow: Str | MISSING | None = MISSING
    chr: ModelInt | MISSING | None = MISSING
    ord: Date | MISSING | None = MISSING
    hex: List | MISSING | None = MISSING
    oct: Dict | MISSING | None = MISSING
    bin: Bool | MISSING = MISSING
    complex: Str | MISSING | None = MISSING
    memoryview: ModelInt | MISSING | None = MISSING
    bytearray: Date | MISSING | None = MISSING
    delattr: List | MISSING | None = MISSING
    getattr: Dict | MISSING | None = MISSING
    setattr: Bool | MISSING = MISSING
    hasattr: Str | MISSING | None = MISSING
    issubclass: ModelInt | MISSING | None = MISSING
    ascii: Date | MISSING | None = MISSING
    breakpoint: List | MISSING | None = MISSING
    aiter: Dict | MISSING | None = MISSING
    anext: Bool | MISSING = MISSING
    match: Str | MISSING | None = MISSING
    case: ModelInt | MISSING | None = MISSING
    type_: Date | MISSING | None = Field(default=MISSING, alias="type")


class ModelRead(OutputModel):
    """A model."""

    id: UUID
    list_: str | None = Field(serialization_alias="list")
    dict_: int | None = Field(serialization_alias="dict")
    set_: bool = Field(serialization_alias="set")
    str_: str | None = Field(serialization_alias="str")
    int_: ModelInt | None = Field(serialization_alias="int")
    float_: Date | None = Field(serialization_alias="float")
    bool_: str | None = Field(serialization_alias="bool")
    bytes_: int | None = Field(serialization_alias="bytes")
    object_: bool = Field(serialization_alias="object")
    property_: str | None = Field(serialization_alias="property")
    super_: ModelInt | None = Field(serialization_alias="super")
    print: Date | None
    input: str | None
    filter: int | None
    map: bool
    max: str | None
    min: ModelInt | None
    sum: Date | None
    len_: str | None = Field(serialization_alias="len")
    range: int | None
    format: bool
    hash: str | None
    open: ModelInt | None
    vars: Date | None
    zip: str | None
    any: int | None
    dir: bool
    next: str | None
    iter: ModelInt | None
    sorted_: Date | None = Field(serialization_alias="sorted")
    round: str | None
    abs: int | None
    all: bool
    help: str | None
    exit: ModelInt | None
    tuple_: Date | None = Field(serialization_alias="tuple")
    frozenset_: str | None = Field(serialization_alias="frozenset")
    slice: int | None
    isinstance: bool
    callable: str | None
    classmethod_: ModelInt | None = Field(serialization_alias="classmethod")
    staticmethod_: Date | None = Field(serialization_alias="staticmethod")
    exec: str | None
    eval: int | None
    compile: bool
    globals: str | None
    locals: ModelInt | None
    repr: Date | None
    reversed: str | None
    enumerate: int | None
    divmod: bool
    pow: str | None
    chr: ModelInt | None
    ord: Date | None
    hex: str | None
    oct: int | None
    bin: bool
    complex: str | None
    memoryview: ModelInt | None
    bytearray: Date | None
    delattr: str | None
    getattr: int | None
    setattr: bool
    hasattr: str | None
    issubclass: ModelInt | None
    ascii: Date | None
    breakpoint: str | None
    aiter: int | None
    anext: bool
    match: str | None
    case: ModelInt | None
    type_: Date | None = Field(serialization_alias="type")
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class ModelSort(StrEnum):
    """The orders of the list of models."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ModelListQuery(PageQuery):
    """The query of the list of models."""

    sort: ModelSort = ModelSort.CREATED_AT_DESC


class ModelPage(Page[ModelRead]):
    """One page of models."""
