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
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("hashed_passphrase", sa.String(length=255), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "reader",
                "writer",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            server_default="reader",
            nullable=False,
        ),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
    )
    op.create_table(
        "everythings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("count", sa.Integer(), server_default=sa.literal(0), nullable=False),
        sa.Column("large", sa.BigInteger(), nullable=True),
        sa.Column("ratio", sa.Double(), server_default=sa.literal(0.5), nullable=False),
        sa.Column(
            "price", sa.Numeric(12, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("day", sa.Date(), server_default=sa.func.current_date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column(
            "moment", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column(
            "meta",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="{}",
            nullable=False,
        ),
        sa.Column("blob", sa.LargeBinary(length=1024), nullable=True),
        sa.Column("contact", sa.String(length=254), nullable=True),
        sa.Column("link", sa.String(length=2048), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column(
            "color",
            sa.Enum(
                "red",
                "green",
                "blue",
                name="color",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            server_default="red",
            nullable=False,
        ),
        sa.Column(
            "size",
            sa.Enum(
                "small", "large", name="size", native_enum=False, create_constraint=True, length=16
            ),
            nullable=True,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "idea", "done", name="stage", native_enum=False, create_constraint=True, length=16
            ),
            server_default="idea",
            nullable=False,
        ),
        sa.Column(
            "colors",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="[]",
            nullable=False,
        ),
        sa.Column(
            "tags",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="[]",
            nullable=False,
        ),
        sa.Column(
            "scores", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column("billing_street", sa.String(length=120), nullable=False),
        sa.Column("billing_city", sa.String(length=80), nullable=False),
        sa.Column("billing_country", sa.String(length=2), server_default="DE", nullable=False),
        sa.Column("billing_note", sa.Text(), nullable=True),
        sa.Column("shipping_street", sa.String(length=120), nullable=True),
        sa.Column("shipping_city", sa.String(length=80), nullable=True),
        sa.Column("shipping_country", sa.String(length=2), nullable=True),
        sa.Column("shipping_note", sa.Text(), nullable=True),
        sa.Column("legacy", sa.String(length=255), nullable=True),
        sa.Column("secret_note", sa.String(length=255), nullable=True),
        sa.Column("reference", sa.String(length=32), nullable=True),
        sa.Column("made_by", sa.String(length=255), server_default="system", nullable=False),
        sa.Column("nickname", sa.String(length=40), server_default="thing", nullable=True),
        sa.Column("due", sa.Date(), server_default=sa.func.current_date(), nullable=True),
        sa.Column("grade", sa.Numeric(4, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=True),
        sa.Column(
            "tolerance", sa.Numeric(12, 9).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.Column(
            "hints",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="{}",
            nullable=True,
        ),
        sa.Column(
            "marks",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="[1]",
            nullable=True,
        ),
        sa.Column(
            "moments",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="[]",
            nullable=True,
        ),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("count >= -5 AND count <= 5", name=op.f("ck_everythings_count_range")),
        sa.CheckConstraint("ratio >= 0 AND ratio <= 1", name=op.f("ck_everythings_ratio_range")),
        sa.CheckConstraint("tolerance >= 0", name=op.f("ck_everythings_tolerance_range")),
        sa.CheckConstraint("count < 5 OR ratio >= 0.5", name=op.f("ck_everythings_small_count")),
        sa.CheckConstraint(
            "reference IS NULL OR stage = 'idea' OR large IS NOT NULL OR color IN ('red', 'green')",
            name=op.f("ck_everythings_dated"),
        ),
        sa.CheckConstraint("is_active OR stage = 'done'", name=op.f("ck_everythings_retired")),
        sa.CheckConstraint(
            "shipping_street IS NULL OR note IS NOT NULL", name=op.f("ck_everythings_addressed")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_everythings")),
        sa.UniqueConstraint("slug", name=op.f("uq_everythings_slug")),
        sa.UniqueConstraint("reference", name=op.f("uq_everythings_reference")),
        sa.UniqueConstraint("name", "stage", name=op.f("uq_everythings_name_stage")),
    )
    op.create_index(op.f("ix_everythings_color_size"), "everythings", ["color", "size"])
    op.create_index(
        op.f("ix_everythings_day_price"),
        "everythings",
        ["day", "price"],
        postgresql_where=sa.text("active AND color <> 'blue'"),
        sqlite_where=sa.text("active AND color <> 'blue'"),
    )
    op.create_index(
        op.f("ix_everythings_is_active_created_at"),
        "everythings",
        ["is_active", "created_at"],
        postgresql_where=sa.text("is_active"),
        sqlite_where=sa.text("is_active"),
    )
    op.create_index(op.f("ix_everythings_stage_count"), "everythings", ["stage", "count"])
    op.create_table(
        "shelves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("capacity", sa.Integer(), server_default=sa.literal(10), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("version", sa.Integer(), server_default=sa.literal(1), nullable=False),
        sa.CheckConstraint(
            "capacity >= 1 AND capacity <= 1000", name=op.f("ck_shelves_capacity_range")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["accounts.id"],
            name=op.f("fk_shelves_owner_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelves")),
        sa.UniqueConstraint("label", name=op.f("uq_shelves_label")),
    )
    op.create_index(op.f("ix_shelves_owner_id"), "shelves", ["owner_id"])
    op.create_table(
        "books",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("isbn", sa.String(length=13), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("shelf_id", sa.Uuid(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("version", sa.Integer(), server_default=sa.literal(1), nullable=False),
        sa.CheckConstraint("pages >= 1", name=op.f("ck_books_pages_range")),
        sa.ForeignKeyConstraint(
            ["shelf_id"], ["shelves.id"], name=op.f("fk_books_shelf_id_shelves"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_books")),
        sa.UniqueConstraint("slug", name=op.f("uq_books_slug")),
        sa.UniqueConstraint("isbn", name=op.f("uq_books_isbn")),
    )
    op.create_index(op.f("ix_books_shelf_id"), "books", ["shelf_id"])
    op.create_table(
        "remarks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("writer_id", sa.Uuid(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["book_id"], ["books.id"], name=op.f("fk_remarks_book_id_books"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["writer_id"],
            ["accounts.id"],
            name=op.f("fk_remarks_writer_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    op.create_index(op.f("ix_remarks_book_id"), "remarks", ["book_id"])
    op.create_index(op.f("ix_remarks_writer_id"), "remarks", ["writer_id"])
    op.create_table(
        "authors",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authors")),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column(
            "value", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "internals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internals")),
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
            ["accounts.id"],
            name=op.f("fk_refresh_tokens_user_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_refresh_tokens_fingerprint")),
    )
    op.create_index(op.f("ix_refresh_tokens_family_id"), "refresh_tokens", ["family_id"])
    op.create_index(op.f("ix_refresh_tokens_user_id"), "refresh_tokens", ["user_id"])
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["accounts.id"],
            name=op.f("fk_api_keys_user_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_api_keys_fingerprint")),
    )
    op.create_index(op.f("ix_api_keys_user_id"), "api_keys", ["user_id"])
    op.create_table(
        "book_authors",
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["book_id"],
            ["books.id"],
            name=op.f("fk_book_authors_book_id_books"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["authors.id"],
            name=op.f("fk_book_authors_author_id_authors"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("book_id", "author_id", name=op.f("pk_book_authors")),
    )
    op.create_index(op.f("ix_book_authors_author_id"), "book_authors", ["author_id"])


def downgrade() -> None:
    op.drop_table("book_authors")
    op.drop_table("api_keys")
    op.drop_table("refresh_tokens")
    op.drop_table("internals")
    op.drop_table("settings")
    op.drop_table("authors")
    op.drop_table("remarks")
    op.drop_table("books")
    op.drop_table("shelves")
    op.drop_table("everythings")
    op.drop_table("accounts")
