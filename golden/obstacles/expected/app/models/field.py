"""Fields."""

from datetime import date
from decimal import Decimal

from sqlalchemy import String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.core.column_types import ExactDecimal
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class FieldEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A field."""

    __tablename__ = "fields"

    model_config_: Mapped[str | None] = mapped_column("model_config", String(40))
    model_fields_: Mapped[int | None] = mapped_column("model_fields")
    model_computed_fields_: Mapped[bool] = mapped_column(
        "model_computed_fields", default=False, server_default=false()
    )
    model_extra_: Mapped[str | None] = mapped_column("model_extra", Text)
    model_fields_set_: Mapped[Decimal | None] = mapped_column(
        "model_fields_set", ExactDecimal(8, 2)
    )
    model_construct_: Mapped[date | None] = mapped_column("model_construct")
    model_copy_: Mapped[str | None] = mapped_column("model_copy", String(40))
    its_model_dump: Mapped[int | None] = mapped_column("model_dump")
    its_model_dump_json: Mapped[bool] = mapped_column(
        "model_dump_json", default=False, server_default=false()
    )
    model_json_schema_: Mapped[str | None] = mapped_column("model_json_schema", Text)
    model_parametrized_name_: Mapped[Decimal | None] = mapped_column(
        "model_parametrized_name", ExactDecimal(8, 2)
    )
    model_post_init_: Mapped[date | None] = mapped_column("model_post_init")
    model_rebuild_: Mapped[str | None] = mapped_column("model_rebuild", String(40))
    its_model_validate: Mapped[int | None] = mapped_column("model_validate")
    its_model_validate_json: Mapped[bool] = mapped_column(
        "model_validate_json", default=False, server_default=false()
    )
    its_model_validate_strings: Mapped[str | None] = mapped_column("model_validate_strings", Text)
    copy_: Mapped[Decimal | None] = mapped_column("copy", ExactDecimal(8, 2))
    json_: Mapped[date | None] = mapped_column("json")
    dict_: Mapped[str | None] = mapped_column("dict", String(40))
    schema_: Mapped[int | None] = mapped_column("schema")
    construct_: Mapped[bool] = mapped_column("construct", default=False, server_default=false())
    validate_: Mapped[str | None] = mapped_column("validate", Text)
    parse_obj_: Mapped[Decimal | None] = mapped_column("parse_obj", ExactDecimal(8, 2))
    parse_raw_: Mapped[date | None] = mapped_column("parse_raw")
    parse_file_: Mapped[str | None] = mapped_column("parse_file", String(40))
    from_orm_: Mapped[int | None] = mapped_column("from_orm")
    update_forward_refs_: Mapped[bool] = mapped_column(
        "update_forward_refs", default=False, server_default=false()
    )
    schema_json_: Mapped[str | None] = mapped_column("schema_json", Text)
    fields: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    config: Mapped[date | None] = mapped_column()
    root_model: Mapped[str | None] = mapped_column(String(40))
    metadata_: Mapped[int | None] = mapped_column("metadata")
    registry_: Mapped[bool] = mapped_column("registry", default=False, server_default=false())
    query: Mapped[str | None] = mapped_column(Text)
    query_class: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    mapper: Mapped[date | None] = mapped_column()
    session: Mapped[str | None] = mapped_column(String(40))
    engine: Mapped[int | None] = mapped_column()
    connection: Mapped[bool] = mapped_column(default=False, server_default=false())
    column: Mapped[str | None] = mapped_column(Text)
    columns: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    relationship_: Mapped[date | None] = mapped_column("relationship")
    mapped_column_: Mapped[str | None] = mapped_column("mapped_column", String(40))
    declared_attr_: Mapped[int | None] = mapped_column("declared_attr")
    hybrid_property: Mapped[bool] = mapped_column(default=False, server_default=false())
    inspect: Mapped[str | None] = mapped_column(Text)
    type_annotation_map_: Mapped[Decimal | None] = mapped_column(
        "type_annotation_map", ExactDecimal(8, 2)
    )
    c: Mapped[date | None] = mapped_column()
    select: Mapped[str | None] = mapped_column(String(40))
    insert: Mapped[int | None] = mapped_column()
