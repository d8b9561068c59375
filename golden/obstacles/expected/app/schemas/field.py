"""API models of fields."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Bool, Date, DecimalText, Int, Line, Text, UtcDatetime

ModelConfig = Annotated[Line, Field(min_length=1, max_length=40)]
ModelFields = Annotated[Int, Field(ge=-2_147_483_648, le=2_147_483_647), WHOLE]
ModelExtra = Annotated[Text, Field(max_length=100_000)]
ModelFieldsSet = Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?$")]


class FieldBase(InputModel):
    """What clients decide about one field."""

    model_config_: ModelConfig | None = Field(default=None, alias="model_config")
    model_fields_: ModelFields | None = Field(default=None, alias="model_fields")
    model_computed_fields_: Bool = Field(default=False, alias="model_computed_fields")
    model_extra_: ModelExtra | None = Field(default=None, alias="model_extra")
    model_fields_set_: ModelFieldsSet | None = Field(default=None, alias="model_fields_set")
    model_construct_: Date | None = Field(default=None, alias="model_construct")
    model_copy_: ModelConfig | None = Field(default=None, alias="model_copy")
    its_model_dump: ModelFields | None = Field(default=None, alias="model_dump")
    its_model_dump_json: Bool = Field(default=False, alias="model_dump_json")
    model_json_schema_: ModelExtra | None = Field(default=None, alias="model_json_schema")
    model_parametrized_name_: ModelFieldsSet | None = Field(
        default=None, alias="model_parametrized_name"
    )
    model_post_init_: Date | None = Field(default=None, alias="model_post_init")
    model_rebuild_: ModelConfig | None = Field(default=None, alias="model_rebuild")
    its_model_validate: ModelFields | None = Field(default=None, alias="model_validate")
    its_model_validate_json: Bool = Field(default=False, alias="model_validate_json")
    its_model_validate_strings: ModelExtra | None = Field(
        default=None, alias="model_validate_strings"
    )
    copy_: ModelFieldsSet | None = Field(default=None, alias="copy")
    json_: Date | None = Field(default=None, alias="json")
    dict_: ModelConfig | None = Field(default=None, alias="dict")
    schema_: ModelFields | None = Field(default=None, alias="schema")
    construct_: Bool = Field(default=False, alias="construct")
    validate_: ModelExtra | None = Field(default=None, alias="validate")
    parse_obj_: ModelFieldsSet | None = Field(default=None, alias="parse_obj")
    parse_raw_: Date | None = Field(default=None, alias="parse_raw")
    parse_file_: ModelConfig | None = Field(default=None, alias="parse_file")
    from_orm_: ModelFields | None = Field(default=None, alias="from_orm")
    update_forward_refs_: Bool = Field(default=False, alias="update_forward_refs")
    schema_json_: ModelExtra | None = Field(default=None, alias="schema_json")
    fields: ModelFieldsSet | None = None
    config: Date | None = None
    root_model: ModelConfig | None = None
    metadata_: ModelFields | None = Field(default=None, alias="metadata")
    registry_: Bool = Field(default=False, alias="registry")
    query: ModelExtra | None = None
    query_class: ModelFieldsSet | None = None
    mapper: Date | None = None
    session: ModelConfig | None = None
    engine: ModelFields | None = None
    connection: Bool = False
    column: ModelExtra | None = None
    columns: ModelFieldsSet | None = None
    relationship_: Date | None = Field(default=None, alias="relationship")
    mapped_column_: ModelConfig | None = Field(default=None, alias="mapped_column")
    declared_attr_: ModelFields | None = Field(default=None, alias="declared_attr")
    hybrid_property: Bool = False
    inspect: ModelExtra | None = None
    type_annotation_map_: ModelFieldsSet | None = Field(default=None, alias="type_annotation_map")
    c: Date | None = None
    select: ModelConfig | None = None
    insert: ModelFields | None = None


class FieldCreate(FieldBase):
    """One new field."""


class FieldUpdate(InputModel):
    """Changes to one field: omitted members stay, null clears those that may be null."""

    model_config_: ModelConfig | MISSING | None = Field(default=MISSING, alias="model_config")
    model_fields_: ModelFields | MISSING | None = Field(default=MISSING, alias="model_fields")
    model_computed_fields_: Bool | MISSING = Field(default=MISSING, alias="model_computed_fields")
    model_extra_: ModelExtra | MISSING | None = Field(default=MISSING, alias="model_extra")
    model_fields_set_: ModelFieldsSet | MISSING | None = Field(
        default=MISSING, alias="model_fields_set"
    )
    model_construct_: Date | MISSING | None = Field(default=MISSING, alias="model_construct")
    model_copy_: ModelConfig | MISSING | None = Field(default=MISSING, alias="model_copy")
    its_model_dump: ModelFields | MISSING | None = Field(default=MISSING, alias="model_dump")
    its_model_dump_json: Bool | MISSING = Field(default=MISSING, alias="model_dump_json")
    model_json_schema_: ModelExtra | MISSING | None = Field(
        default=MISSING, alias="model_json_schema"
    )
    model_parametrized_name_: ModelFieldsSet | MISSING | None = Field(
        default=MISSING, alias="model_parametrized_name"
    )
    model_post_init_: Date | MISSING | None = Field(default=MISSING, alias="model_post_init")
    model_rebuild_: ModelConfig | MISSING | None = Field(default=MISSING, alias="model_rebuild")
    its_model_validate: ModelFields | MISSING | None = Field(
        default=MISSING, alias="model_validate"
    )
    its_model_validate_json: Bool | MISSING = Field(default=MISSING, alias="model_validate_json")
    its_model_validate_strings: ModelExtra | MISSING | None = Field(
        default=MISSING, alias="model_validate_strings"
    )
    copy_: ModelFieldsSet | MISSING | None = Field(default=MISSING, alias="copy")
    json_: Date | MISSING | None = Field(default=MISSING, alias="json")
    dict_: ModelConfig | MISSING | None = Field(default=MISSING, alias="dict")
    schema_: ModelFields | MISSING | None = Field(default=MISSING, alias="schema")
    construct_: Bool | MISSING = Field(default=MISSING, alias="construct")
    validate_: ModelExtra | MISSING | None = Field(default=MISSING, alias="validate")
    parse_obj_: ModelFieldsSet | MISSING | None = Field(default=MISSING, alias="parse_obj")
    parse_raw_: Date | MISSING | None = Field(default=MISSING, alias="parse_raw")
    parse_file_: ModelConfig | MISSING | None = Field(default=MISSING, alias="parse_file")
    from_orm_: ModelFields | MISSING | None = Field(default=MISSING, alias="from_orm")
    update_forward_refs_: Bool | MISSING = Field(default=MISSING, alias="update_forward_refs")
    schema_json_: ModelExtra | MISSING | None = Field(default=MISSING, alias="schema_json")
    fields: ModelFieldsSet | MISSING | None = MISSING
    config: Date | MISSING | None = MISSING
    root_model: ModelConfig | MISSING | None = MISSING
    metadata_: ModelFields | MISSING | None = Field(default=MISSING, alias="metadata")
    registry_: Bool | MISSING = Field(default=MISSING, alias="registry")
    query: ModelExtra | MISSING | None = MISSING
    query_class: ModelFieldsSet | MISSING | None = MISSING
    mapper: Date | MISSING | None = MISSING
    session: ModelConfig | MISSING | None = MISSING
    engine: ModelFields | MISSING | None = MISSING
    connection: Bool | MISSING = MISSING
    column: ModelExtra | MISSING | None = MISSING
    columns: ModelFieldsSet | MISSING | None = MISSING
    relationship_: Date | MISSING | None = Field(default=MISSING, alias="relationship")
    mapped_column_: ModelConfig | MISSING | None = Field(default=MISSING, alias="mapped_column")
    declared_attr_: ModelFields | MISSING | None = Field(default=MISSING, alias="declared_attr")
    hybrid_property: Bool | MISSING = MISSING
    inspect: ModelExtra | MISSING | None = MISSING
    type_annotation_map_: ModelFieldsSet | MISSING | None = Field(
        default=MISSING, alias="type_annotation_map"
    )
    c: Date | MISSING | None = MISSING
    select: ModelConfig | MISSING | None = MISSING
    insert: ModelFields | MISSING | None = MISSING


class FieldRead(OutputModel):
    """A field."""

    id: UUID
    model_config_: str | None = Field(serialization_alias="model_config")
    model_fields_: int | None = Field(serialization_alias="model_fields")
    model_computed_fields_: bool = Field(serialization_alias="model_computed_fields")
    model_extra_: str | None = Field(serialization_alias="model_extra")
    model_fields_set_: ModelFieldsSet | None = Field(serialization_alias="model_fields_set")
    model_construct_: Date | None = Field(serialization_alias="model_construct")
    model_copy_: str | None = Field(serialization_alias="model_copy")
    its_model_dump: int | None = Field(serialization_alias="model_dump")
    its_model_dump_json: bool = Field(serialization_alias="model_dump_json")
    model_json_schema_: str | None = Field(serialization_alias="model_json_schema")
    model_parametrized_name_: ModelFieldsSet | None = Field(
        serialization_alias="model_parametrized_name"
    )
    model_post_init_: Date | None = Field(serialization_alias="model_post_init")
    model_rebuild_: str | None = Field(serialization_alias="model_rebuild")
    its_model_validate: int | None = Field(serialization_alias="model_validate")
    its_model_validate_json: bool = Field(serialization_alias="model_validate_json")
    its_model_validate_strings: str | None = Field(serialization_alias="model_validate_strings")
    copy_: ModelFieldsSet | None = Field(serialization_alias="copy")
    json_: Date | None = Field(serialization_alias="json")
    dict_: str | None = Field(serialization_alias="dict")
    schema_: int | None = Field(serialization_alias="schema")
    construct_: bool = Field(serialization_alias="construct")
    validate_: str | None = Field(serialization_alias="validate")
    parse_obj_: ModelFieldsSet | None = Field(serialization_alias="parse_obj")
    parse_raw_: Date | None = Field(serialization_alias="parse_raw")
    parse_file_: str | None = Field(serialization_alias="parse_file")
    from_orm_: int | None = Field(serialization_alias="from_orm")
    update_forward_refs_: bool = Field(serialization_alias="update_forward_refs")
    schema_json_: str | None = Field(serialization_alias="schema_json")
    fields: ModelFieldsSet | None
    config: Date | None
    root_model: str | None
    metadata_: int | None = Field(serialization_alias="metadata")
    registry_: bool = Field(serialization_alias="registry")
    query: str | None
    query_class: ModelFieldsSet | None
    mapper: Date | None
    session: str | None
    engine: int | None
    connection: bool
    column: str | None
    columns: ModelFieldsSet | None
    relationship_: Date | None = Field(serialization_alias="relationship")
    mapped_column_: str | None = Field(serialization_alias="mapped_column")
    declared_attr_: int | None = Field(serialization_alias="declared_attr")
    hybrid_property: bool
    inspect: str | None
    type_annotation_map_: ModelFieldsSet | None = Field(serialization_alias="type_annotation_map")
    c: Date | None
    select: str | None
    insert: int | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class FieldSort(StrEnum):
    """The orders of the list of fields."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class FieldListQuery(PageQuery):
    """The query of the list of fields."""

    sort: FieldSort = FieldSort.CREATED_AT_DESC


class FieldPage(Page[FieldRead]):
    """One page of fields."""
