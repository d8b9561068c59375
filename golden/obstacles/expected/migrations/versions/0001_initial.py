"""Initial schema.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("hashed_password", sa.String(length=255), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "none",
                "class",
                "select",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            server_default="none",
            nullable=False,
        ),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "classes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("False", sa.String(length=40), nullable=True),
        sa.Column("None", sa.Integer(), nullable=True),
        sa.Column("True", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("and", sa.Text(), nullable=True),
        sa.Column("as", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("assert", sa.Date(), nullable=True),
        sa.Column("async", sa.String(length=40), nullable=True),
        sa.Column("await", sa.Integer(), nullable=True),
        sa.Column("break", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("class", sa.Text(), nullable=True),
        sa.Column(
            "continue", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("def", sa.Date(), nullable=True),
        sa.Column("del", sa.String(length=40), nullable=True),
        sa.Column("elif", sa.Integer(), nullable=True),
        sa.Column("else", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("except", sa.Text(), nullable=True),
        sa.Column(
            "finally", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("for", sa.Date(), nullable=True),
        sa.Column("from", sa.String(length=40), nullable=True),
        sa.Column("global", sa.Integer(), nullable=True),
        sa.Column("if", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("import", sa.Text(), nullable=True),
        sa.Column("in", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("is", sa.Date(), nullable=True),
        sa.Column("lambda", sa.String(length=40), nullable=True),
        sa.Column("nonlocal", sa.Integer(), nullable=True),
        sa.Column("not", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("or", sa.Text(), nullable=True),
        sa.Column("pass", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("raise", sa.Date(), nullable=True),
        sa.Column("return", sa.String(length=40), nullable=True),
        sa.Column("try", sa.Integer(), nullable=True),
        sa.Column("while", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("with", sa.Text(), nullable=True),
        sa.Column("yield", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classes")),
    )
    op.create_table(
        "selects",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("all", sa.String(length=40), nullable=True),
        sa.Column("analyse", sa.Integer(), nullable=True),
        sa.Column("analyze", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("and", sa.Text(), nullable=True),
        sa.Column("any", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("array", sa.Date(), nullable=True),
        sa.Column("as", sa.String(length=40), nullable=True),
        sa.Column("asc", sa.Integer(), nullable=True),
        sa.Column("asymmetric", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("authorization", sa.Text(), nullable=True),
        sa.Column(
            "between", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("bigint", sa.Date(), nullable=True),
        sa.Column("binary", sa.String(length=40), nullable=True),
        sa.Column("bit", sa.Integer(), nullable=True),
        sa.Column("boolean", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("both", sa.Text(), nullable=True),
        sa.Column("by", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("cascade", sa.Date(), nullable=True),
        sa.Column("case", sa.String(length=40), nullable=True),
        sa.Column("cast", sa.Integer(), nullable=True),
        sa.Column("char", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("character", sa.Text(), nullable=True),
        sa.Column("check", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("collate", sa.Date(), nullable=True),
        sa.Column("collation_", sa.String(length=40), nullable=True),
        sa.Column("column", sa.Integer(), nullable=True),
        sa.Column("commit", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("concurrently_", sa.Text(), nullable=True),
        sa.Column(
            "constraint", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("create", sa.Date(), nullable=True),
        sa.Column("cross", sa.String(length=40), nullable=True),
        sa.Column("current", sa.Integer(), nullable=True),
        sa.Column("current_catalog", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("current_date", sa.Text(), nullable=True),
        sa.Column(
            "current_role", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("current_schema", sa.Date(), nullable=True),
        sa.Column("current_time", sa.String(length=40), nullable=True),
        sa.Column("current_timestamp", sa.Integer(), nullable=True),
        sa.Column("cursor", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("database", sa.Text(), nullable=True),
        sa.Column("date", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("decimal", sa.Date(), nullable=True),
        sa.Column("declare", sa.String(length=40), nullable=True),
        sa.Column("default", sa.Integer(), nullable=True),
        sa.Column("deferrable", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("delete", sa.Text(), nullable=True),
        sa.Column("desc", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("describe", sa.Date(), nullable=True),
        sa.Column("distinct", sa.String(length=40), nullable=True),
        sa.Column("do", sa.Integer(), nullable=True),
        sa.Column("drop", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("else", sa.Text(), nullable=True),
        sa.Column("end", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("except", sa.Date(), nullable=True),
        sa.Column("exec", sa.String(length=40), nullable=True),
        sa.Column("execute", sa.Integer(), nullable=True),
        sa.Column("exists", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("extract", sa.Text(), nullable=True),
        sa.Column("false", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("fetch", sa.Date(), nullable=True),
        sa.Column("for", sa.String(length=40), nullable=True),
        sa.Column("foreign", sa.Integer(), nullable=True),
        sa.Column("freeze", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("from", sa.Text(), nullable=True),
        sa.Column("full", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("function", sa.Date(), nullable=True),
        sa.Column("grant", sa.String(length=40), nullable=True),
        sa.Column("group", sa.Integer(), nullable=True),
        sa.Column("having", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("ilike", sa.Text(), nullable=True),
        sa.Column("in", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("index", sa.Date(), nullable=True),
        sa.Column("initially", sa.String(length=40), nullable=True),
        sa.Column("inner", sa.Integer(), nullable=True),
        sa.Column("insert", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("intersect", sa.Text(), nullable=True),
        sa.Column(
            "interval", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("into", sa.Date(), nullable=True),
        sa.Column("is", sa.String(length=40), nullable=True),
        sa.Column("isnull", sa.Integer(), nullable=True),
        sa.Column("join", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column(
            "language", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("lateral_", sa.Date(), nullable=True),
        sa.Column("leading", sa.String(length=40), nullable=True),
        sa.Column("left", sa.Integer(), nullable=True),
        sa.Column("like", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("limit", sa.Text(), nullable=True),
        sa.Column(
            "localtime", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("localtimestamp", sa.Date(), nullable=True),
        sa.Column("natural", sa.String(length=40), nullable=True),
        sa.Column("nchar", sa.Integer(), nullable=True),
        sa.Column("new", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("no", sa.Text(), nullable=True),
        sa.Column("not", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("notnull", sa.Date(), nullable=True),
        sa.Column("null", sa.String(length=40), nullable=True),
        sa.Column("numeric", sa.Integer(), nullable=True),
        sa.Column("of", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("off", sa.Text(), nullable=True),
        sa.Column(
            "offset", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("old", sa.Date(), nullable=True),
        sa.Column("on", sa.String(length=40), nullable=True),
        sa.Column("only", sa.Integer(), nullable=True),
        sa.Column("open", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("or", sa.Text(), nullable=True),
        sa.Column("order", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("out", sa.Date(), nullable=True),
        sa.Column("outer", sa.String(length=40), nullable=True),
        sa.Column("overlaps", sa.Integer(), nullable=True),
        sa.Column("overlay", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("partition", sa.Text(), nullable=True),
        sa.Column(
            "percent", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("placing", sa.Date(), nullable=True),
        sa.Column("position", sa.String(length=40), nullable=True),
        sa.Column("precision", sa.Integer(), nullable=True),
        sa.Column("primary", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("privileges", sa.Text(), nullable=True),
        sa.Column(
            "procedure", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("public", sa.Date(), nullable=True),
        sa.Column("raise", sa.String(length=40), nullable=True),
        sa.Column("real", sa.Integer(), nullable=True),
        sa.Column("references", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("replace", sa.Text(), nullable=True),
        sa.Column(
            "restrict", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("returning_", sa.Date(), nullable=True),
        sa.Column("revoke", sa.String(length=40), nullable=True),
        sa.Column("right", sa.Integer(), nullable=True),
        sa.Column("rollback", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("row", sa.Text(), nullable=True),
        sa.Column("rows", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("schema", sa.Date(), nullable=True),
        sa.Column("select", sa.String(length=40), nullable=True),
        sa.Column("session", sa.Integer(), nullable=True),
        sa.Column("session_user", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("setof", sa.Text(), nullable=True),
        sa.Column(
            "similar", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("smallint", sa.Date(), nullable=True),
        sa.Column("some", sa.String(length=40), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("statistics", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("symmetric", sa.Text(), nullable=True),
        sa.Column("sysid", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("system", sa.Date(), nullable=True),
        sa.Column("table", sa.String(length=40), nullable=True),
        sa.Column("tablesample_", sa.Integer(), nullable=True),
        sa.Column("temp", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("temporary", sa.Text(), nullable=True),
        sa.Column("then", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("time", sa.Date(), nullable=True),
        sa.Column("timestamp", sa.String(length=40), nullable=True),
        sa.Column("to", sa.Integer(), nullable=True),
        sa.Column("top", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("trailing", sa.Text(), nullable=True),
        sa.Column(
            "transaction", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("treat", sa.Date(), nullable=True),
        sa.Column("trigger", sa.String(length=40), nullable=True),
        sa.Column("trim", sa.Integer(), nullable=True),
        sa.Column("true", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("truncate", sa.Text(), nullable=True),
        sa.Column("union", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("unique", sa.Date(), nullable=True),
        sa.Column("update", sa.String(length=40), nullable=True),
        sa.Column("user", sa.Integer(), nullable=True),
        sa.Column("using", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column(
            "values", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("varchar", sa.Date(), nullable=True),
        sa.Column("variadic", sa.String(length=40), nullable=True),
        sa.Column("verbose", sa.Integer(), nullable=True),
        sa.Column("view", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("when", sa.Text(), nullable=True),
        sa.Column("where", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("window", sa.Date(), nullable=True),
        sa.Column("with", sa.String(length=40), nullable=True),
        sa.Column("work", sa.Integer(), nullable=True),
        sa.Column("xml", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("year", sa.Text(), nullable=True),
        sa.Column("month", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("hour", sa.String(length=40), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("second", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selects")),
    )
    op.create_table(
        "fields",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("model_config", sa.String(length=40), nullable=True),
        sa.Column("model_fields", sa.Integer(), nullable=True),
        sa.Column("model_computed_fields", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("model_extra", sa.Text(), nullable=True),
        sa.Column(
            "model_fields_set",
            sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"),
            nullable=True,
        ),
        sa.Column("model_construct", sa.Date(), nullable=True),
        sa.Column("model_copy", sa.String(length=40), nullable=True),
        sa.Column("model_dump", sa.Integer(), nullable=True),
        sa.Column("model_dump_json", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("model_json_schema", sa.Text(), nullable=True),
        sa.Column(
            "model_parametrized_name",
            sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"),
            nullable=True,
        ),
        sa.Column("model_post_init", sa.Date(), nullable=True),
        sa.Column("model_rebuild", sa.String(length=40), nullable=True),
        sa.Column("model_validate", sa.Integer(), nullable=True),
        sa.Column("model_validate_json", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("model_validate_strings", sa.Text(), nullable=True),
        sa.Column("copy", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("json", sa.Date(), nullable=True),
        sa.Column("dict", sa.String(length=40), nullable=True),
        sa.Column("schema", sa.Integer(), nullable=True),
        sa.Column("construct", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("validate", sa.Text(), nullable=True),
        sa.Column(
            "parse_obj", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("parse_raw", sa.Date(), nullable=True),
        sa.Column("parse_file", sa.String(length=40), nullable=True),
        sa.Column("from_orm", sa.Integer(), nullable=True),
        sa.Column("update_forward_refs", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("schema_json", sa.Text(), nullable=True),
        sa.Column(
            "fields", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("config", sa.Date(), nullable=True),
        sa.Column("root_model", sa.String(length=40), nullable=True),
        sa.Column("metadata", sa.Integer(), nullable=True),
        sa.Column("registry", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("query", sa.Text(), nullable=True),
        sa.Column(
            "query_class", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("mapper", sa.Date(), nullable=True),
        sa.Column("session", sa.String(length=40), nullable=True),
        sa.Column("engine", sa.Integer(), nullable=True),
        sa.Column("connection", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column(
            "columns", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("relationship", sa.Date(), nullable=True),
        sa.Column("mapped_column", sa.String(length=40), nullable=True),
        sa.Column("declared_attr", sa.Integer(), nullable=True),
        sa.Column("hybrid_property", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("inspect", sa.Text(), nullable=True),
        sa.Column(
            "type_annotation_map",
            sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"),
            nullable=True,
        ),
        sa.Column("c", sa.Date(), nullable=True),
        sa.Column("select", sa.String(length=40), nullable=True),
        sa.Column("insert", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fields")),
    )
    op.create_table(
        "models",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list", sa.String(length=40), nullable=True),
        sa.Column("dict", sa.Integer(), nullable=True),
        sa.Column("set", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("str", sa.Text(), nullable=True),
        sa.Column("int", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("float", sa.Date(), nullable=True),
        sa.Column("bool", sa.String(length=40), nullable=True),
        sa.Column("bytes", sa.Integer(), nullable=True),
        sa.Column("object", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("property", sa.Text(), nullable=True),
        sa.Column("super", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("print", sa.Date(), nullable=True),
        sa.Column("input", sa.String(length=40), nullable=True),
        sa.Column("filter", sa.Integer(), nullable=True),
        sa.Column("map", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("max", sa.Text(), nullable=True),
        sa.Column("min", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("sum", sa.Date(), nullable=True),
        sa.Column("len", sa.String(length=40), nullable=True),
        sa.Column("range", sa.Integer(), nullable=True),
        sa.Column("format", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=True),
        sa.Column("open", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("vars", sa.Date(), nullable=True),
        sa.Column("zip", sa.String(length=40), nullable=True),
        sa.Column("any", sa.Integer(), nullable=True),
        sa.Column("dir", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("next", sa.Text(), nullable=True),
        sa.Column("iter", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("sorted", sa.Date(), nullable=True),
        sa.Column("round", sa.String(length=40), nullable=True),
        sa.Column("abs", sa.Integer(), nullable=True),
        sa.Column("all", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("help", sa.Text(), nullable=True),
        sa.Column("exit", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("tuple", sa.Date(), nullable=True),
        sa.Column("frozenset", sa.String(length=40), nullable=True),
        sa.Column("slice", sa.Integer(), nullable=True),
        sa.Column("isinstance", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("callable", sa.Text(), nullable=True),
        sa.Column(
            "classmethod", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("staticmethod", sa.Date(), nullable=True),
        sa.Column("exec", sa.String(length=40), nullable=True),
        sa.Column("eval", sa.Integer(), nullable=True),
        sa.Column("compile", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("globals", sa.Text(), nullable=True),
        sa.Column(
            "locals", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("repr", sa.Date(), nullable=True),
        sa.Column("reversed", sa.String(length=40), nullable=True),
        sa.Column("enumerate", sa.Integer(), nullable=True),
        sa.Column("divmod", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("pow", sa.Text(), nullable=True),
        sa.Column("chr", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("ord", sa.Date(), nullable=True),
        sa.Column("hex", sa.String(length=40), nullable=True),
        sa.Column("oct", sa.Integer(), nullable=True),
        sa.Column("bin", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("complex", sa.Text(), nullable=True),
        sa.Column(
            "memoryview", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("bytearray", sa.Date(), nullable=True),
        sa.Column("delattr", sa.String(length=40), nullable=True),
        sa.Column("getattr", sa.Integer(), nullable=True),
        sa.Column("setattr", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("hasattr", sa.Text(), nullable=True),
        sa.Column(
            "issubclass", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("ascii", sa.Date(), nullable=True),
        sa.Column("breakpoint", sa.String(length=40), nullable=True),
        sa.Column("aiter", sa.Integer(), nullable=True),
        sa.Column("anext", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("match", sa.Text(), nullable=True),
        sa.Column("case", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("type", sa.Date(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models")),
    )
    op.create_table(
        "requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("self", sa.String(length=40), nullable=True),
        sa.Column("cls", sa.Integer(), nullable=True),
        sa.Column("app", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("request", sa.Text(), nullable=True),
        sa.Column(
            "response", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("router", sa.Date(), nullable=True),
        sa.Column("service", sa.String(length=40), nullable=True),
        sa.Column("repository", sa.Integer(), nullable=True),
        sa.Column("settings", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("logger", sa.Text(), nullable=True),
        sa.Column("db", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("database", sa.Date(), nullable=True),
        sa.Column("logging", sa.String(length=40), nullable=True),
        sa.Column("uuid", sa.Integer(), nullable=True),
        sa.Column("datetime", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("date_time", sa.Text(), nullable=True),
        sa.Column(
            "decimal", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("enum", sa.Date(), nullable=True),
        sa.Column("typing", sa.String(length=40), nullable=True),
        sa.Column("annotated", sa.Integer(), nullable=True),
        sa.Column("field", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("path", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("header", sa.Date(), nullable=True),
        sa.Column("cookie", sa.String(length=40), nullable=True),
        sa.Column("depends", sa.Integer(), nullable=True),
        sa.Column("status", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("query_params", sa.Text(), nullable=True),
        sa.Column("limit", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("cursor", sa.Date(), nullable=True),
        sa.Column("sort", sa.String(length=40), nullable=True),
        sa.Column("q", sa.Integer(), nullable=True),
        sa.Column("items", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("total", sa.Text(), nullable=True),
        sa.Column(
            "next_cursor", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("etag", sa.Date(), nullable=True),
        sa.Column("location", sa.String(length=40), nullable=True),
        sa.Column("problem", sa.Integer(), nullable=True),
        sa.Column("args", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("kwargs", sa.Text(), nullable=True),
        sa.Column("name", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column("value", sa.Date(), nullable=True),
        sa.Column("data", sa.String(length=40), nullable=True),
        sa.Column("result", sa.Integer(), nullable=True),
        sa.Column("row", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=True),
        sa.Column(
            "entity", sa.Numeric(8, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("payload", sa.Date(), nullable=True),
        sa.Column("current_user", sa.String(length=40), nullable=True),
        sa.Column("viewer", sa.Integer(), nullable=True),
        sa.Column("utcnow", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("annotations", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    op.create_table(
        "bases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("base", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bases")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.Integer(), server_default=sa.literal(1), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
    )
    op.create_table(
        "tables",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("table", sa.String(length=40), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tables")),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "order",
            sa.Enum(
                "none",
                "None",
                "True",
                "class",
                "import",
                "two words",
                "1st",
                "a-b",
                "ä",
                "'",
                '"',
                "\\",
                "%s",
                "{x}",
                name="order",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            server_default="none",
            nullable=False,
        ),
        sa.Column(
            "desc",
            sa.String(length=255),
            server_default=sa.text("'it''s {{ this }}'"),
            nullable=False,
        ),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_orders_user_id_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_orders_group_id_groups"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["tables.id"], name=op.f("fk_orders_from_id_tables"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
    )
    op.create_index(op.f("ix_orders_from_id"), "orders", ["from_id"])
    op.create_index(op.f("ix_orders_group_id"), "orders", ["group_id"])
    op.create_index(op.f("ix_orders_user_id"), "orders", ["user_id"])
    op.create_table(
        "indices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("index", sa.Integer(), server_default=sa.literal(0), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint('"index" >= 0', name=op.f("ck_indices_index_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indices")),
    )
    op.create_table(
        "lists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "list",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="[]",
            nullable=False,
        ),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lists")),
    )
    op.create_table(
        "types",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_types")),
    )
    op.create_table(
        "anies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("any", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anies")),
    )
    op.create_table(
        "optionals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("optional", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_optionals")),
    )
    op.create_table(
        "exceptions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exception", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exceptions")),
    )
    op.create_table(
        "dates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dates")),
    )
    op.create_table(
        "enums",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "enum",
            sa.Enum(
                "none",
                "None",
                "True",
                "class",
                "import",
                "two words",
                "1st",
                "a-b",
                "ä",
                "'",
                '"',
                "\\",
                "%s",
                "{x}",
                name="enum",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=True,
        ),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enums")),
    )
    op.create_table(
        "repositories",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("repository", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repositories")),
    )
    op.create_table(
        "services",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
    )
    op.create_table(
        "tests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("test", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tests")),
    )
    op.create_table(
        "queries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("query", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queries")),
    )
    op.create_table(
        "responses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
    )
    op.create_table(
        "settings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "settings",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="{}",
            nullable=False,
        ),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_refresh_tokens_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_refresh_tokens_fingerprint")),
    )
    op.create_index(op.f("ix_refresh_tokens_family_id"), "refresh_tokens", ["family_id"])
    op.create_index(op.f("ix_refresh_tokens_user_id"), "refresh_tokens", ["user_id"])
    op.create_table(
        "order_select",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("index_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
            name=op.f("fk_order_select_order_id_orders"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["index_id"],
            ["indices.id"],
            name=op.f("fk_order_select_index_id_indices"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("order_id", "index_id", name=op.f("pk_order_select")),
    )
    op.create_index(op.f("ix_order_select_index_id"), "order_select", ["index_id"])


def downgrade() -> None:
    op.drop_table("order_select")
    op.drop_table("refresh_tokens")
    op.drop_table("settings")
    op.drop_table("responses")
    op.drop_table("queries")
    op.drop_table("tests")
    op.drop_table("services")
    op.drop_table("repositories")
    op.drop_table("enums")
    op.drop_table("dates")
    op.drop_table("exceptions")
    op.drop_table("optionals")
    op.drop_table("anies")
    op.drop_table("types")
    op.drop_table("lists")
    op.drop_table("indices")
    op.drop_table("orders")
    op.drop_table("tables")
    op.drop_table("pages")
    op.drop_table("sessions")
    op.drop_table("bases")
    op.drop_table("groups")
    op.drop_table("requests")
    op.drop_table("models")
    op.drop_table("fields")
    op.drop_table("selects")
    op.drop_table("classes")
    op.drop_table("users")
