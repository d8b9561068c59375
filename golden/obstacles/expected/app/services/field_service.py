"""Fields."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import FieldEntity
from app.repositories.field_repository import FieldRepository
from app.schemas.field import FieldCreate, FieldListQuery, FieldUpdate


class FieldService:
    """Use cases of fields."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._fields = FieldRepository(session)

    async def list(self, query: FieldListQuery) -> tuple[Sequence[FieldEntity], int]:
        """List fields."""
        return await self._fields.list(query)

    async def get(self, field_row_id: UUID) -> FieldEntity:
        """Return one field."""
        field_row = await self._fields.get(field_row_id)
        if field_row is None:
            detail = "Field not found"
            raise NotFoundError(detail)
        return field_row

    async def create(self, data: FieldCreate) -> FieldEntity:
        """Create a field."""
        field_row = FieldEntity(
            model_config_=data.model_config_,
            model_fields_=data.model_fields_,
            model_computed_fields_=data.model_computed_fields_,
            model_extra_=data.model_extra_,
            model_fields_set_=data.model_fields_set_,
            model_construct_=data.model_construct_,
            model_copy_=data.model_copy_,
            its_model_dump=data.its_model_dump,
            its_model_dump_json=data.its_model_dump_json,
            model_json_schema_=data.model_json_schema_,
            model_parametrized_name_=data.model_parametrized_name_,
            model_post_init_=data.model_post_init_,
            model_rebuild_=data.model_rebuild_,
            its_model_validate=data.its_model_validate,
            its_model_validate_json=data.its_model_validate_json,
            its_model_validate_strings=data.its_model_validate_strings,
            copy_=data.copy_,
            json_=data.json_,
            dict_=data.dict_,
            schema_=data.schema_,
            construct_=data.construct_,
            validate_=data.validate_,
            parse_obj_=data.parse_obj_,
            parse_raw_=data.parse_raw_,
            parse_file_=data.parse_file_,
            from_orm_=data.from_orm_,
            update_forward_refs_=data.update_forward_refs_,
            schema_json_=data.schema_json_,
            fields=data.fields,
            config=data.config,
            root_model=data.root_model,
            metadata_=data.metadata_,
            registry_=data.registry_,
            query=data.query,
            query_class=data.query_class,
            mapper=data.mapper,
            session=data.session,
            engine=data.engine,
            connection=data.connection,
            column=data.column,
            columns=data.columns,
            relationship_=data.relationship_,
            mapped_column_=data.mapped_column_,
            declared_attr_=data.declared_attr_,
            hybrid_property=data.hybrid_property,
            inspect=data.inspect,
            type_annotation_map_=data.type_annotation_map_,
            c=data.c,
            select=data.select,
            insert=data.insert,
        )
        await self._fields.create(field_row)
        return field_row

    async def update(self, field_row_id: UUID, data: FieldUpdate) -> FieldEntity:
        """Change a field."""
        field_row = await self.get(field_row_id)
        for attribute in (
            "model_config_",
            "model_fields_",
            "model_computed_fields_",
            "model_extra_",
            "model_fields_set_",
            "model_construct_",
            "model_copy_",
            "its_model_dump",
            "its_model_dump_json",
            "model_json_schema_",
            "model_parametrized_name_",
            "model_post_init_",
            "model_rebuild_",
            "its_model_validate",
            "its_model_validate_json",
            "its_model_validate_strings",
            "copy_",
            "json_",
            "dict_",
            "schema_",
            "construct_",
            "validate_",
            "parse_obj_",
            "parse_raw_",
            "parse_file_",
            "from_orm_",
            "update_forward_refs_",
            "schema_json_",
            "fields",
            "config",
            "root_model",
            "metadata_",
            "registry_",
            "query",
            "query_class",
            "mapper",
            "session",
            "engine",
            "connection",
            "column",
            "columns",
            "relationship_",
            "mapped_column_",
            "declared_attr_",
            "hybrid_property",
            "inspect",
            "type_annotation_map_",
            "c",
            "select",
            "insert",
        ):
            if (value := getattr(data, attribute)) is not MISSING:
                setattr(field_row, attribute, value)
        await self._fields.update(field_row)
        return field_row

    async def delete(self, field_row_id: UUID) -> None:
        """Delete a field."""
        field_row = await self.get(field_row_id)
        await self._fields.delete(field_row)
