"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from pydantic import JsonValue
from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import (
    AnyEntity,
    Base,
    BaseEntity,
    Class,
    DateEntity,
    EnumEntity,
    ExceptionEntity,
    FieldEntity,
    Group,
    IndexEntity,
    List,
    Model,
    OptionalEntity,
    Order,
    PageEntity,
    QueryEntity,
    RepositoryEntity,
    RequestEntity,
    ResponseEntity,
    SelectEntity,
    Service,
    SessionEntity,
    SettingsEntity,
    TableEntity,
    Test,
    Type,
    User,
)
from app.models.enums import LiteralEnum, UserRole

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class UserValues(TypedDict, total=False):
    """What a test may say about one user."""

    email: str
    password: str
    role: UserRole
    is_active: bool


class ClassValues(TypedDict, total=False):
    """What a test may say about one class."""

    False_: str | None
    None_: int | None
    True_: bool
    and_: str | None
    as_: Decimal | None
    assert_: date | None
    async_: str | None
    await_: int | None
    break_: bool
    class_: str | None
    continue_: Decimal | None
    def_: date | None
    del_: str | None
    elif_: int | None
    else_: bool
    except_: str | None
    finally_: Decimal | None
    for_: date | None
    from_: str | None
    global_: int | None
    if_: bool
    import_: str | None
    in_: Decimal | None
    is_: date | None
    lambda_: str | None
    nonlocal_: int | None
    not_: bool
    or_: str | None
    pass_: Decimal | None
    raise_: date | None
    return_: str | None
    try_: int | None
    while_: bool
    with_: str | None
    yield_: Decimal | None
    is_active: bool


class SelectValues(TypedDict, total=False):
    """What a test may say about one select."""

    all: str | None
    analyse: int | None
    analyze: bool
    and_: str | None
    any: Decimal | None
    array: date | None
    as_: str | None
    asc: int | None
    asymmetric: bool
    authorization: str | None
    between: Decimal | None
    bigint: date | None
    binary: str | None
    bit: int | None
    boolean: bool
    both: str | None
    by: Decimal | None
    cascade: date | None
    case: str | None
    cast: int | None
    char: bool
    character: str | None
    check: Decimal | None
    collate: date | None
    collation: str | None
    column: int | None
    commit: bool
    concurrently: str | None
    constraint: Decimal | None
    create: date | None
    cross: str | None
    current: int | None
    current_catalog: bool
    current_date: str | None
    current_role: Decimal | None
    current_schema: date | None
    current_time: str | None
    current_timestamp: int | None
    cursor: bool
    database: str | None
    date_: Decimal | None
    decimal: date | None
    declare: str | None
    default: int | None
    deferrable: bool
    delete: str | None
    desc: Decimal | None
    describe: date | None
    distinct: str | None
    do: int | None
    drop: bool
    else_: str | None
    end: Decimal | None
    except_: date | None
    exec: str | None
    execute: int | None
    exists: bool
    extract: str | None
    false_: Decimal | None
    fetch: date | None
    for_: str | None
    foreign: int | None
    freeze: bool
    from_: str | None
    full: Decimal | None
    function: date | None
    grant: str | None
    group: int | None
    having: bool
    ilike: str | None
    in_: Decimal | None
    index: date | None
    initially: str | None
    inner: int | None
    insert: bool
    intersect: str | None
    interval: Decimal | None
    into: date | None
    is_: str | None
    isnull: int | None
    join: bool
    key: str | None
    language: Decimal | None
    lateral: date | None
    leading: str | None
    left: int | None
    like: bool
    limit: str | None
    localtime: Decimal | None
    localtimestamp: date | None
    natural: str | None
    nchar: int | None
    new: bool
    no: str | None
    not_: Decimal | None
    notnull: date | None
    null_: str | None
    numeric: int | None
    of: bool
    off: str | None
    offset: Decimal | None
    old: date | None
    on: str | None
    only: int | None
    open: bool
    or_: str | None
    order: Decimal | None
    out: date | None
    outer: str | None
    overlaps: int | None
    overlay: bool
    partition: str | None
    percent: Decimal | None
    placing: date | None
    position: str | None
    precision: int | None
    primary: bool
    privileges: str | None
    procedure: Decimal | None
    public: date | None
    raise_: str | None
    real: int | None
    references: bool
    replace: str | None
    restrict: Decimal | None
    returning: date | None
    revoke: str | None
    right: int | None
    rollback: bool
    row: str | None
    rows: Decimal | None
    schema_: date | None
    select: str | None
    session: int | None
    session_user: bool
    setof: str | None
    similar: Decimal | None
    smallint: date | None
    some: str | None
    start: int | None
    statistics: bool
    symmetric: str | None
    sysid: Decimal | None
    system: date | None
    table: str | None
    tablesample: int | None
    temp: bool
    temporary: str | None
    then: Decimal | None
    time_: date | None
    timestamp: str | None
    to: int | None
    top: bool
    trailing: str | None
    transaction: Decimal | None
    treat: date | None
    trigger: str | None
    trim: int | None
    true_: bool
    truncate: str | None
    union: Decimal | None
    unique: date | None
    update: str | None
    user: int | None
    using: bool
    value: str | None
    values: Decimal | None
    varchar: date | None
    variadic: str | None
    verbose: int | None
    view: bool
    when: str | None
    where: Decimal | None
    window: date | None
    with_: str | None
    work: int | None
    xml: bool
    year: str | None
    month: Decimal | None
    day: date | None
    hour: str | None
    minute: int | None
    second: bool
    zone: str | None
    is_active: bool


class FieldValues(TypedDict, total=False):
    """What a test may say about one field."""

    model_config_: str | None
    model_fields_: int | None
    model_computed_fields_: bool
    model_extra_: str | None
    model_fields_set_: Decimal | None
    model_construct_: date | None
    model_copy_: str | None
    its_model_dump: int | None
    its_model_dump_json: bool
    model_json_schema_: str | None
    model_parametrized_name_: Decimal | None
    model_post_init_: date | None
    model_rebuild_: str | None
    its_model_validate: int | None
    its_model_validate_json: bool
    its_model_validate_strings: str | None
    copy_: Decimal | None
    json_: date | None
    dict_: str | None
    schema_: int | None
    construct_: bool
    validate_: str | None
    parse_obj_: Decimal | None
    parse_raw_: date | None
    parse_file_: str | None
    from_orm_: int | None
    update_forward_refs_: bool
    schema_json_: str | None
    fields: Decimal | None
    config: date | None
    root_model: str | None
    metadata_: int | None
    registry_: bool
    query: str | None
    query_class: Decimal | None
    mapper: date | None
    session: str | None
    engine: int | None
    connection: bool
    column: str | None
    columns: Decimal | None
    relationship_: date | None
    mapped_column_: str | None
    declared_attr_: int | None
    hybrid_property: bool
    inspect: str | None
    type_annotation_map_: Decimal | None
    c: date | None
    select: str | None
    insert: int | None
    is_active: bool


class ModelValues(TypedDict, total=False):
    """What a test may say about one model."""

    list_: str | None
    dict_: int | None
    set_: bool
    str_: str | None
    int_: Decimal | None
    float_: date | None
    bool_: str | None
    bytes_: int | None
    object_: bool
    property_: str | None
    super_: Decimal | None
    print: date | None
    input: str | None
    filter: int | None
    map: bool
    max: str | None
    min: Decimal | None
    sum: date | None
    len_: str | None
    range: int | None
    format: bool
    hash: str | None
    open: Decimal | None
    vars: date | None
    zip: str | None
    any: int | None
    dir: bool
    next: str | None
    iter: Decimal | None
    sorted_: date | None
    round: str | None
    abs: int | None
    all: bool
    help: str | None
    exit: Decimal | None
    tuple_: date | None
    frozenset_: str | None
    slice: int | None
    isinstance: bool
    callable: str | None
    classmethod_: Decimal | None
    staticmethod_: date | None
    exec: str | None
    eval: int | None
    compile: bool
    globals: str | None
    locals: Decimal | None
    repr: date | None
    reversed: str | None
    enumerate: int | None
    divmod: bool
    pow: str | None
    chr: Decimal | None
    ord: date | None
    hex: str | None
    oct: int | None
    bin: bool
    complex: str | None
    memoryview: Decimal | None
    bytearray: date | None
    delattr: str | None
    getattr: int | None
    setattr: bool
    hasattr: str | None
    issubclass: Decimal | None
    ascii: date | None
    breakpoint: str | None
    aiter: int | None
    anext: bool
    match: str | None
    case: Decimal | None
    type_: date | None
    is_active: bool


class RequestValues(TypedDict, total=False):
    """What a test may say about one request."""

    self_: str | None
    cls: int | None
    app: bool
    request: str | None
    response: Decimal | None
    router: date | None
    service: str | None
    repository: int | None
    settings: bool
    logger: str | None
    db: Decimal | None
    database: date | None
    logging: str | None
    uuid: int | None
    datetime_: bool
    date_time: str | None
    decimal: Decimal | None
    enum: date | None
    typing: str | None
    annotated: int | None
    field_: bool
    body: str | None
    path: Decimal | None
    header: date | None
    cookie: str | None
    depends: int | None
    status: bool
    query_params: str | None
    limit: Decimal | None
    cursor: date | None
    sort: str | None
    q: int | None
    items: bool
    total: str | None
    next_cursor: Decimal | None
    etag: date | None
    location: str | None
    problem: int | None
    args: bool
    kwargs: str | None
    name: Decimal | None
    value: date | None
    data: str | None
    result: int | None
    row: bool
    rows: str | None
    entity: Decimal | None
    payload: date | None
    current_user: str | None
    viewer: int | None
    utcnow_: bool
    annotations: str | None
    is_active: bool


class OrderValues(TypedDict, total=False):
    """What a test may say about one order."""

    order: LiteralEnum
    desc: str
    user: User
    group: Group | None
    from_: TableEntity | None
    select: list[IndexEntity]
    is_active: bool


class GroupValues(TypedDict, total=False):
    """What a test may say about one group."""

    group: str
    is_active: bool


class BaseValues(TypedDict, total=False):
    """What a test may say about one base."""

    base: str | None
    is_active: bool


class SessionValues(TypedDict, total=False):
    """What a test may say about one session."""

    session: str | None
    is_active: bool


class PageValues(TypedDict, total=False):
    """What a test may say about one page."""

    page: int
    is_active: bool


class TableValues(TypedDict, total=False):
    """What a test may say about one table."""

    table: str
    is_active: bool


class IndexValues(TypedDict, total=False):
    """What a test may say about one index."""

    index: int
    is_active: bool


class ListValues(TypedDict, total=False):
    """What a test may say about one list."""

    list_: list[str]
    is_active: bool


class TypeValues(TypedDict, total=False):
    """What a test may say about one type."""

    type_: str | None
    is_active: bool


class AnyValues(TypedDict, total=False):
    """What a test may say about one any."""

    any: JsonValue | None
    is_active: bool


class OptionalValues(TypedDict, total=False):
    """What a test may say about one optional."""

    optional: str | None
    is_active: bool


class ExceptionValues(TypedDict, total=False):
    """What a test may say about one exception."""

    exception: str | None
    is_active: bool


class DateValues(TypedDict, total=False):
    """What a test may say about one date."""

    date_: date | None
    is_active: bool


class EnumValues(TypedDict, total=False):
    """What a test may say about one enum."""

    enum: LiteralEnum | None
    is_active: bool


class RepositoryValues(TypedDict, total=False):
    """What a test may say about one repository."""

    repository: str | None
    is_active: bool


class ServiceValues(TypedDict, total=False):
    """What a test may say about one service."""

    service: str | None
    is_active: bool


class TestValues(TypedDict, total=False):
    """What a test may say about one test."""

    test: str | None
    is_active: bool


class QueryValues(TypedDict, total=False):
    """What a test may say about one query."""

    query: str | None
    is_active: bool


class ResponseValues(TypedDict, total=False):
    """What a test may say about one response."""

    response: str | None
    is_active: bool


class SettingsValues(TypedDict, total=False):
    """What a test may say about one settings."""

    settings: JsonValue
    is_active: bool


@dataclass(frozen=True)
class Factory:
    database: Database
    settings: Settings

    async def user(self, **values: Unpack[UserValues]) -> User:
        number = next(_sequence)
        password = values.pop("password", None)
        row = User(
            **{
                "email": f"sample-{number}@example.com",
                "hashed_password": await hash_password(password) if password else "unusable",
                **values,
            }
        )
        return await self._save(row)

    async def class_(self, **values: Unpack[ClassValues]) -> Class:
        row = Class(**values)
        return await self._save(row)

    async def select_row(self, **values: Unpack[SelectValues]) -> SelectEntity:
        row = SelectEntity(**values)
        return await self._save(row)

    async def field_row(self, **values: Unpack[FieldValues]) -> FieldEntity:
        row = FieldEntity(**values)
        return await self._save(row)

    async def model_row(self, **values: Unpack[ModelValues]) -> Model:
        row = Model(**values)
        return await self._save(row)

    async def request_row(self, **values: Unpack[RequestValues]) -> RequestEntity:
        row = RequestEntity(**values)
        return await self._save(row)

    async def order(self, **values: Unpack[OrderValues]) -> Order:
        user = values.pop("user", None) or await self.user()
        group = values.pop("group", None)
        from_ = values.pop("from_", None)
        select = values.pop("select", [])
        row = Order(
            **{
                "user_id": user.id,
                "group_id": group.id if group else None,
                "from_id": from_.id if from_ else None,
                **values,
            }
        )
        async with self.database.session() as session:
            row.select = [await session.merge(item) for item in select]
            session.add(row)
        return row

    async def group(self, **values: Unpack[GroupValues]) -> Group:
        row = Group(**{"group": "Group", **values})
        return await self._save(row)

    async def base(self, **values: Unpack[BaseValues]) -> BaseEntity:
        row = BaseEntity(**values)
        return await self._save(row)

    async def session_row(self, **values: Unpack[SessionValues]) -> SessionEntity:
        row = SessionEntity(**values)
        return await self._save(row)

    async def page_row(self, **values: Unpack[PageValues]) -> PageEntity:
        row = PageEntity(**values)
        return await self._save(row)

    async def table(self, **values: Unpack[TableValues]) -> TableEntity:
        row = TableEntity(**{"table": "Table", **values})
        return await self._save(row)

    async def index(self, **values: Unpack[IndexValues]) -> IndexEntity:
        row = IndexEntity(**values)
        return await self._save(row)

    async def list_row(self, **values: Unpack[ListValues]) -> List:
        row = List(**values)
        return await self._save(row)

    async def type_row(self, **values: Unpack[TypeValues]) -> Type:
        row = Type(**values)
        return await self._save(row)

    async def any_row(self, **values: Unpack[AnyValues]) -> AnyEntity:
        row = AnyEntity(**values)
        return await self._save(row)

    async def optional(self, **values: Unpack[OptionalValues]) -> OptionalEntity:
        row = OptionalEntity(**values)
        return await self._save(row)

    async def exception(self, **values: Unpack[ExceptionValues]) -> ExceptionEntity:
        row = ExceptionEntity(**values)
        return await self._save(row)

    async def date_row(self, **values: Unpack[DateValues]) -> DateEntity:
        row = DateEntity(**values)
        return await self._save(row)

    async def enum(self, **values: Unpack[EnumValues]) -> EnumEntity:
        row = EnumEntity(**values)
        return await self._save(row)

    async def repository(self, **values: Unpack[RepositoryValues]) -> RepositoryEntity:
        row = RepositoryEntity(**values)
        return await self._save(row)

    async def service_row(self, **values: Unpack[ServiceValues]) -> Service:
        row = Service(**values)
        return await self._save(row)

    async def test(self, **values: Unpack[TestValues]) -> Test:
        row = Test(**values)
        return await self._save(row)

    async def query_row(self, **values: Unpack[QueryValues]) -> QueryEntity:
        row = QueryEntity(**values)
        return await self._save(row)

    async def response_row(self, **values: Unpack[ResponseValues]) -> ResponseEntity:
        row = ResponseEntity(**values)
        return await self._save(row)

    async def settings_row(self, **values: Unpack[SettingsValues]) -> SettingsEntity:
        row = SettingsEntity(**values)
        return await self._save(row)

    def auth(self, user: User) -> dict[str, str]:
        return {"Authorization": f"Bearer {create_access_token(user.id, self.settings)}"}

    async def _save(self, row: RowT) -> RowT:
        async with self.database.session() as session:
            session.add(row)
        return row


@contextmanager
def counted_selects(database: Database) -> Generator[list[str]]:
    """Collect the SELECT statements that are sent inside."""
    statements: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", record)
    yield statements
    event.remove(database.engine.sync_engine, "before_cursor_execute", record)
