"""API models of selects."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Bool, Date, DecimalText, Int, Line, Text, UtcDatetime

All = Annotated[Line, Field(min_length=1, max_length=40)]
Analyse = Annotated[Int, Field(ge=-2_147_483_648, le=2_147_483_647), WHOLE]
And = Annotated[Text, Field(max_length=100_000)]
SelectAny = Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?$")]


class SelectBase(InputModel):
    """What clients decide about one select."""

    all: All | None = None
    analyse: Analyse | None = None
    analyze: Bool = False
    and_: And | None = Field(default=None, alias="and")
    any: SelectAny | None = None
    array: Date | None = None
    as_: All | None = Field(default=None, alias="as")
    asc: Analyse | None = None
    asymmetric: Bool = False
    authorization: And | None = None
    between: SelectAny | None = None
    bigint: Date | None = None
    binary: All | None = None
    bit: Analyse | None = None
    boolean: Bool = False
    both: And | None = None
    by: SelectAny | None = None
    cascade: Date | None = None
    case: All | None = None
    cast: Analyse | None = None
    char: Bool = False
    character: And | None = None
    check: SelectAny | None = None
    collate: Date | None = None
    collation: All | None = None
    column: Analyse | None = None
    commit: Bool = False
    concurrently: And | None = None
    constraint: SelectAny | None = None
    create: Date | None = None
    cross: All | None = None
    current: Analyse | None = None
    current_catalog: Bool = False
    current_date: And | None = None
    current_role: SelectAny | None = None
    current_schema: Date | None = None
    current_time: All | None = None
    current_timestamp: Analyse | None = None
    cursor: Bool = False
    database: And | None = None
    date_: SelectAny | None = Field(default=None, alias="date")
    decimal: Date | None = None
    declare: All | None = None
    default: Analyse | None = None
    deferrable: Bool = False
    delete: And | None = None
    desc: SelectAny | None = None
    describe: Date | None = None
    distinct: All | None = None
    do: Analyse | None = None
    drop: Bool = False
    else_: And | None = Field(default=None, alias="else")
    end: SelectAny | None = None
    except_: Date | None = Field(default=None, alias="except")
    exec: All | None = None
    execute: Analyse | None = None
    exists: Bool = False
    extract: And | None = None
    false_: SelectAny | None = Field(default=None, alias="false")
    fetch: Date | None = None
    for_: All | None = Field(default=None, alias="for")
    foreign: Analyse | None = None
    freeze: Bool = False
    from_: And | None = Field(default=None, alias="from")
    full: SelectAny | None = None
    function: Date | None = None
    grant: All | None = None
    group: Analyse | None = None
    having: Bool = False
    ilike: And | None = None
    in_: SelectAny | None = Field(default=None, alias="in")
    index: Date | None = None
    initially: All | None = None
    inner: Analyse | None = None
    insert: Bool = False
    intersect: And | None = None
    interval: SelectAny | None = None
    into: Date | None = None
    is_: All | None = Field(default=None, alias="is")
    isnull: Analyse | None = None
    join: Bool = False
    key: And | None = None
    language: SelectAny | None = None
    lateral: Date | None = None
    leading: All | None = None
    left: Analyse | None = None
    like: Bool = False
    limit: And | None = None
    localtime: SelectAny | None = None
    localtimestamp: Date | None = None
    natural: All | None = None
    nchar: Analyse | None = None
    new: Bool = False
    no: And | None = None
    not_: SelectAny | None = Field(default=None, alias="not")
    notnull: Date | None = None
    null_: All | None = Field(default=None, alias="null")
    numeric: Analyse | None = None
    of: Bool = False
    off: And | None = None
    offset: SelectAny | None = None
    old: Date | None = None
    on: All | None = None
    only: Analyse | None = None
    open: Bool = False
    or_: And | None = Field(default=None, alias="or")
    order: SelectAny | None = None
    out: Date | None = None
    outer: All | None = None
    overlaps: Analyse | None = None
    overlay: Bool = False
    partition: And | None = None
    percent: SelectAny | None = None
    placing: Date | None = None
    position: All | None = None
    precision: Analyse | None = None
    primary: Bool = False
    privileges: And | None = None
    procedure: SelectAny | None = None
    public: Date | None = None
    raise_: All | None = Field(default=None, alias="raise")
    real: Analyse | None = None
    references: Bool = False
    replace: And | None = None
    restrict: SelectAny | None = None
    returning: Date | None = None
    revoke: All | None = None
    right: Analyse | None = None
    rollback: Bool = False
    row: And | None = None
    rows: SelectAny | None = None
    schema_: Date | None = Field(default=None, alias="schema")
    select: All | None = None
    session: Analyse | None = None
    session_user: Bool = False
    setof: And | None = None
    similar: SelectAny | None = None
    smallint: Date | None = None
    some: All | None = None
    start: Analyse | None = None
    statistics: Bool = False
    symmetric: And | None = None
    sysid: SelectAny | None = None
    system: Date | None = None
    table: All | None = None
    tablesample: Analyse | None = None
    temp: Bool = False
    temporary: And | None = None
    then: SelectAny | None = None
    time_: Date | None = Field(default=None, alias="time")
    timestamp: All | None = None
    to: Analyse | None = None
    top: Bool = False
    trailing: And | None = None
    transaction: SelectAny | None = None
    treat: Date | None = None
    trigger: All | None = None
    trim: Analyse | None = None
    true_: Bool = Field(default=False, alias="true")
    truncate: And | None = None
    union: SelectAny | None = None
    unique: Date | None = None
    update: All | None = None
    user: Analyse | None = None
    using: Bool = False
    value: And | None = None
    values: SelectAny | None = None
    varchar: Date | None = None
    variadic: All | None = None
    verbose: Analyse | None = None
    view: Bool = False
    when: And | None = None
    where: SelectAny | None = None
    window: Date | None = None
    with_: All | None = Field(default=None, alias="with")
    work: Analyse | None = None
    xml: Bool = False
    year: And | None = None
    month: SelectAny | None = None
    day: Date | None = None
    hour: All | None = None
    minute: Analyse | None = None
    second: Bool = False
    zone: And | None = None


class SelectCreate(SelectBase):
    """One new select."""


class SelectUpdate(InputModel):
    """Changes to one select: omitted members stay, null clears those that may be null."""

    all: All | MISSING | None = MISSING
    analyse: Analyse | MISSING | None = MISSING
    analyze: Bool | MISSING = MISSING
    and_: And | MISSING | None = Field(default=MISSING, alias="and")
    any: SelectAny | MISSING | None = MISSING
    array: Date | MISSING | None = MISSING
    as_: All | MISSING | None = Field(default=MISSING, alias="as")
    asc: Analyse | MISSING | None = MISSING
    asymmetric: Bool | MISSING = MISSING
    authorization: And | MISSING | None = MISSING
    between: SelectAny | MISSING | None = MISSING
    bigint: Date | MISSING | None = MISSING
    binary: All | MISSING | None = MISSING
    bit: Analyse | MISSING | None = MISSING
    boolean: Bool | MISSING = MISSING
    both: And | MISSING | None = MISSING
    by: SelectAny | MISSING | None = MISSING
    cascade: Date | MISSING | None = MISSING
    case: All | MISSING | None = MISSING
    cast: Analyse | MISSING | None = MISSING
    char: Bool | MISSING = MISSING
    character: And | MISSING | None = MISSING
    check: SelectAny | MISSING | None = MISSING
    collate: Date | MISSING | None = MISSING
    collation: All | MISSING | None = MISSING
    column: Analyse | MISSING | None = MISSING
    commit: Bool | MISSING = MISSING
    concurrently: And | MISSING | None = MISSING
    constraint: SelectAny | MISSING | None = MISSING
    create: Date | MISSING | None = MISSING
    cross: All | MISSING | None = MISSING
    current: Analyse | MISSING | None = MISSING
    current_catalog: Bool | MISSING = MISSING
    current_date: And | MISSING | None = MISSING
    current_role: SelectAny | MISSING | None = MISSING
    current_schema: Date | MISSING | None = MISSING
    current_time: All | MISSING | None = MISSING
    current_timestamp: Analyse | MISSING | None = MISSING
    cursor: Bool | MISSING = MISSING
    database: And | MISSING | None = MISSING
    date_: SelectAny | MISSING | None = Field(default=MISSING, alias="date")
    decimal: Date | MISSING | None = MISSING
    declare: All | MISSING | None = MISSING
    default: Analyse | MISSING | None = MISSING
    deferrable: Bool | MISSING = MISSING
    delete: And | MISSING | None = MISSING
    desc: SelectAny | MISSING | None = MISSING
    describe: Date | MISSING | None = MISSING
    distinct: All | MISSING | None = MISSING
    do: Analyse | MISSING | None = MISSING
    drop: Bool | MISSING = MISSING
    else_: And | MISSING | None = Field(default=MISSING, alias="else")
    end: SelectAny | MISSING | None = MISSING
    except_: Date | MISSING | None = Field(default=MISSING, alias="except")
    exec: All | MISSING | None = MISSING
    execute: Analyse | MISSING | None = MISSING
    exists: Bool | MISSING = MISSING
    extract: And | MISSING | None = MISSING
    false_: SelectAny | MISSING | None = Field(default=MISSING, alias="false")
    fetch: Date | MISSING | None = MISSING
    for_: All | MISSING | None = Field(default=MISSING, alias="for")
    foreign: Analyse | MISSING | None = MISSING
    freeze: Bool | MISSING = MISSING
    from_: And | MISSING | None = Field(default=MISSING, alias="from")
    full: SelectAny | MISSING | None = MISSING
    function: Date | MISSING | None = MISSING
    grant: All | MISSING | None = MISSING
    group: Analyse | MISSING | None = MISSING
    having: Bool | MISSING = MISSING
    ilike: And | MISSING | None = MISSING
    in_: SelectAny | MISSING | None = Field(default=MISSING, alias="in")
    index: Date | MISSING | None = MISSING
    initially: All | MISSING | None = MISSING
    inner: Analyse | MISSING | None = MISSING
    insert: Bool | MISSING = MISSING
    intersect: And | MISSING | None = MISSING
    interval: SelectAny | MISSING | None = MISSING
    into: Date | MISSING | None = MISSING
    is_: All | MISSING | None = Field(default=MISSING, alias="is")
    isnull: Analyse | MISSING | None = MISSING
    join: Bool | MISSING = MISSING
    key: And | MISSING | None = MISSING
    language: SelectAny | MISSING | None = MISSING
    lateral: Date | MISSING | None = MISSING
    leading: All | MISSING | None = MISSING
    left: Analyse | MISSING | None = MISSING
    like: Bool | MISSING = MISSING
    limit: And | MISSING | None = MISSING
    localtime: SelectAny | MISSING | None = MISSING
    localtimestamp: Date | MISSING | None = MISSING
    natural: All | MISSING | None = MISSING
    nchar: Analyse | MISSING | None = MISSING
    new: Bool | MISSING = MISSING
    no: And | MISSING | None = MISSING
    not_: SelectAny | MISSING | None = Field(default=MISSING, alias="not")
    notnull: Date | MISSING | None = MISSING
    null_: All | MISSING | None = Field(default=MISSING, alias="null")
    numeric: Analyse | MISSING | None = MISSING
    of: Bool | MISSING = MISSING
    off: And | MISSING | None = MISSING
    offset: SelectAny | MISSING | None = MISSING
    old: Date | MISSING | None = MISSING
    on: All | MISSING | None = MISSING
    only: Analyse | MISSING | None = MISSING
    open: Bool | MISSING = MISSING
    or_: And | MISSING | None = Field(default=MISSING, alias="or")
    order: SelectAny | MISSING | None = MISSING
    out: Date | MISSING | None = MISSING
    outer: All | MISSING | None = MISSING
    overlaps: Analyse | MISSING | None = MISSING
    overlay: Bool | MISSING = MISSING
    partition: And | MISSING | None = MISSING
    percent: SelectAny | MISSING | None = MISSING
    placing: Date | MISSING | None = MISSING
    position: All | MISSING | None = MISSING
    precision: Analyse | MISSING | None = MISSING
    primary: Bool | MISSING = MISSING
    privileges: And | MISSING | None = MISSING
    procedure: SelectAny | MISSING | None = MISSING
    public: Date | MISSING | None = MISSING
    raise_: All | MISSING | None = Field(default=MISSING, alias="raise")
    real: Analyse | MISSING | None = MISSING
    references: Bool | MISSING = MISSING
    replace: And | MISSING | None = MISSING
    restrict: SelectAny | MISSING | None = MISSING
    returning: Date | MISSING | None = MISSING
    revoke: All | MISSING | None = MISSING
    right: Analyse | MISSING | None = MISSING
    rollback: Bool | MISSING = MISSING
    row: And | MISSING | None = MISSING
    rows: SelectAny | MISSING | None = MISSING
    schema_: Date | MISSING | None = Field(default=MISSING, alias="schema")
    select: All | MISSING | None = MISSING
    session: Analyse | MISSING | None = MISSING
    session_user: Bool | MISSING = MISSING
    setof: And | MISSING | None = MISSING
    similar: SelectAny | MISSING | None = MISSING
    smallint: Date | MISSING | None = MISSING
    some: All | MISSING | None = MISSING
    start: Analyse | MISSING | None = MISSING
    statistics: Bool | MISSING = MISSING
    symmetric: And | MISSING | None = MISSING
    sysid: SelectAny | MISSING | None = MISSING
    system: Date | MISSING | None = MISSING
    table: All | MISSING | None = MISSING
    tablesample: Analyse | MISSING | None = MISSING
    temp: Bool | MISSING = MISSING
    temporary: And | MISSING | None = MISSING
    then: SelectAny | MISSING | None = MISSING
    time_: Date | MISSING | None = Field(default=MISSING, alias="time")
    timestamp: All | MISSING | None = MISSING
    to: Analyse | MISSING | None = MISSING
    top: Bool | MISSING = MISSING
    trailing: And | MISSING | None = MISSING
    transaction: SelectAny | MISSING | None = MISSING
    treat: Date | MISSING | None = MISSING
    trigger: All | MISSING | None = MISSING
    trim: Analyse | MISSING | None = MISSING
    true_: Bool | MISSING = Field(default=MISSING, alias="true")
    truncate: And | MISSING | None = MISSING
    union: SelectAny | MISSING | None = MISSING
    unique: Date | MISSING | None = MISSING
    update: All | MISSING | None = MISSING
    user: Analyse | MISSING | None = MISSING
    using: Bool | MISSING = MISSING
    value: And | MISSING | None = MISSING
    values: SelectAny | MISSING | None = MISSING
    varchar: Date | MISSING | None = MISSING
    variadic: All | MISSING | None = MISSING
    verbose: Analyse | MISSING | None = MISSING
    view: Bool | MISSING = MISSING
    when: And | MISSING | None = MISSING
    where: SelectAny | MISSING | None = MISSING
    window: Date | MISSING | None = MISSING
    with_: All | MISSING | None = Field(default=MISSING, alias="with")
    work: Analyse | MISSING | None = MISSING
    xml: Bool | MISSING = MISSING
    year: And | MISSING | None = MISSING
    month: SelectAny | MISSING | None = MISSING
    day: Date | MISSING | None = MISSING
    hour: All | MISSING | None = MISSING
    minute: Analyse | MISSING | None = MISSING
    second: Bool | MISSING = MISSING
    zone: And | MISSING | None = MISSING


class SelectRead(OutputModel):
    """A select."""

    id: UUID
    all: str | None
    analyse: int | None
    analyze: bool
    and_: str | None = Field(serialization_alias="and")
    any: SelectAny | None
    array: Date | None
    as_: str | None = Field(serialization_alias="as")
    asc: int | None
    asymmetric: bool
    authorization: str | None
    between: SelectAny | None
    bigint: Date | None
    binary: str | None
    bit: int | None
    boolean: bool
    both: str | None
    by: SelectAny | None
    cascade: Date | None
    case: str | None
    cast: int | None
    char: bool
    character: str | None
    check: SelectAny | None
    collate: Date | None
    collation: str | None
    column: int | None
    commit: bool
    concurrently: str | None
    constraint: SelectAny | None
    create: Date | None
    cross: str | None
    current: int | None
    current_catalog: bool
    current_date: str | None
    current_role: SelectAny | None
    current_schema: Date | None
    current_time: str | None
    current_timestamp: int | None
    cursor: bool
    database: str | None
    date_: SelectAny | None = Field(serialization_alias="date")
    decimal: Date | None
    declare: str | None
    default: int | None
    deferrable: bool
    delete: str | None
    desc: SelectAny | None
    describe: Date | None
    distinct: str | None
    do: int | None
    drop: bool
    else_: str | None = Field(serialization_alias="else")
    end: SelectAny | None
    except_: Date | None = Field(serialization_alias="except")
    exec: str | None
    execute: int | None
    exists: bool
    extract: str | None
    false_: SelectAny | None = Field(serialization_alias="false")
    fetch: Date | None
    for_: str | None = Field(serialization_alias="for")
    foreign: int | None
    freeze: bool
    from_: str | None = Field(serialization_alias="from")
    full: SelectAny | None
    function: Date | None
    grant: str | None
    group: int | None
    having: bool
    ilike: str | None
    in_: SelectAny | None = Field(serialization_alias="in")
    index: Date | None
    initially: str | None
    inner: int | None
    insert: bool
    intersect: str | None
    interval: SelectAny | None
    into: Date | None
    is_: str | None = Field(serialization_alias="is")
    isnull: int | None
    join: bool
    key: str | None
    language: SelectAny | None
    lateral: Date | None
    leading: str | None
    left: int | None
    like: bool
    limit: str | None
    localtime: SelectAny | None
    localtimestamp: Date | None
    natural: str | None
    nchar: int | None
    new: bool
    no: str | None
    not_: SelectAny | None = Field(serialization_alias="not")
    notnull: Date | None
    null_: str | None = Field(serialization_alias="null")
    numeric: int | None
    of: bool
    off: str | None
    offset: SelectAny | None
    old: Date | None
    on: str | None
    only: int | None
    open: bool
    or_: str | None = Field(serialization_alias="or")
    order: SelectAny | None
    out: Date | None
    outer: str | None
    overlaps: int | None
    overlay: bool
    partition: str | None
    percent: SelectAny | None
    placing: Date | None
    position: str | None
    precision: int | None
    primary: bool
    privileges: str | None
    procedure: SelectAny | None
    public: Date | None
    raise_: str | None = Field(serialization_alias="raise")
    real: int | None
    references: bool
    replace: str | None
    restrict: SelectAny | None
    returning: Date | None
    revoke: str | None
    right: int | None
    rollback: bool
    row: str | None
    rows: SelectAny | None
    schema_: Date | None = Field(serialization_alias="schema")
    select: str | None
    session: int | None
    session_user: bool
    setof: str | None
    similar: SelectAny | None
    smallint: Date | None
    some: str | None
    start: int | None
    statistics: bool
    symmetric: str | None
    sysid: SelectAny | None
    system: Date | None
    table: str | None
    tablesample: int | None
    temp: bool
    temporary: str | None
    then: SelectAny | None
    time_: Date | None = Field(serialization_alias="time")
    timestamp: str | None
    to: int | None
    top: bool
    trailing: str | None
    transaction: SelectAny | None
    treat: Date | None
    trigger: str | None
    trim: int | None
    true_: bool = Field(serialization_alias="true")
    truncate: str | None
    union: SelectAny | None
    unique: Date | None
    update: str | None
    user: int | None
    using: bool
    value: str | None
    values: SelectAny | None
    varchar: Date | None
    variadic: str | None
    verbose: int | None
    view: bool
    when: str | None
    where: SelectAny | None
    window: Date | None
    with_: str | None = Field(serialization_alias="with")
    work: int | None
    xml: bool
    year: str | None
    month: SelectAny | None
    day: Date | None
    hour: str | None
    minute: int | None
    second: bool
    zone: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class SelectSort(StrEnum):
    """The orders of the list of selects."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class SelectListQuery(PageQuery):
    """The query of the list of selects."""

    sort: SelectSort = SelectSort.CREATED_AT_DESC


class SelectPage(Page[SelectRead]):
    """One page of selects."""
