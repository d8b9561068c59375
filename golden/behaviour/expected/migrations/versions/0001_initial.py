"""Initial schema.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("hashed_password", sa.String(length=255), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "member", "clerk", name="role", native_enum=False, create_constraint=True, length=16
            ),
            server_default="member",
            nullable=False,
        ),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("email", name=op.f("uq_members_email")),
    )
    op.create_table(
        "topics",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "open",
                "closed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            server_default="draft",
            nullable=False,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(length=80), nullable=True),
        sa.Column("reviews", sa.Integer(), server_default=sa.literal(0), nullable=False),
        sa.Column("room", sa.Integer(), server_default=sa.literal(100), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("reviews >= 0", name=op.f("ck_topics_reviews_range")),
        sa.CheckConstraint("room >= 0 AND room <= 500", name=op.f("ck_topics_room_range")),
        sa.CheckConstraint(
            "stage <> 'closed' OR closed_at IS NOT NULL", name=op.f("ck_topics_closed_has_a_time")
        ),
        sa.CheckConstraint(
            "parent_id IS NULL OR parent_id <> id", name=op.f("ck_topics_not_its_own_parent")
        ),
        sa.CheckConstraint(
            "reviews = 0 OR reviewed_by IS NOT NULL", name=op.f("ck_topics_reviews_have_a_reviewer")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["topics.id"],
            name=op.f("fk_topics_parent_id_topics"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
    )
    op.create_index(op.f("ix_topics_parent_id"), "topics", ["parent_id"])
    op.create_table(
        "bookings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), server_default=sa.literal(0), nullable=False),
        sa.Column("extras", sa.Integer(), nullable=True),
        sa.Column(
            "price", sa.Numeric(10, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.Column(
            "discount",
            sa.Numeric(10, 2).with_variant(sa.BigInteger(), "sqlite"),
            server_default=sa.literal(0),
            nullable=False,
        ),
        sa.Column("paid", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("seats >= 1 AND seats <= 500", name=op.f("ck_bookings_seats_range")),
        sa.CheckConstraint("children >= 0", name=op.f("ck_bookings_children_range")),
        sa.CheckConstraint("extras >= 0", name=op.f("ck_bookings_extras_range")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_bookings_price_range")),
        sa.CheckConstraint("discount >= 0", name=op.f("ck_bookings_discount_range")),
        sa.CheckConstraint(
            "CAST(children AS BIGINT) + CASE WHEN extras IS NULL THEN 0 ELSE extras "
            "END <= 2 * seats",
            name=op.f("ck_bookings_seats_for_all"),
        ),
        sa.CheckConstraint(
            "note IS NULL OR length(note) <= 100", name=op.f("ck_bookings_note_is_short")
        ),
        sa.CheckConstraint("price - discount >= 0", name=op.f("ck_bookings_discount_within_price")),
        sa.CheckConstraint(
            "children - seats * 3 < abs(seats) + 1", name=op.f("ck_bookings_few_children")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topics.id"],
            name=op.f("fk_bookings_topic_id_topics"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["members.id"],
            name=op.f("fk_bookings_owner_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
    )
    op.create_index(op.f("ix_bookings_owner_id"), "bookings", ["owner_id"])
    op.create_index(op.f("ix_bookings_topic_id"), "bookings", ["topic_id"])
    op.create_table(
        "remarks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("heading", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_remarks_topic_id_topics"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    op.create_index(op.f("ix_remarks_topic_id"), "remarks", ["topic_id"])
    op.create_table(
        "claims",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column(
            "amount", sa.Numeric(10, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "filed",
                "in_review",
                "returned",
                "accepted",
                "withdrawn",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            server_default="filed",
            nullable=False,
        ),
        sa.Column("reviewer_note", sa.String(length=200), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("version", sa.Integer(), server_default=sa.literal(1), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_claims_amount_range")),
        sa.CheckConstraint(
            "stage <> 'accepted' OR decided_at IS NOT NULL",
            name=op.f("ck_claims_accepted_is_decided"),
        ),
        sa.ForeignKeyConstraint(
            ["claimant_id"],
            ["members.id"],
            name=op.f("fk_claims_claimant_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_claimant_id"), "claims", ["claimant_id"])
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
            ["members.id"],
            name=op.f("fk_refresh_tokens_user_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_refresh_tokens_fingerprint")),
    )
    op.create_index(op.f("ix_refresh_tokens_family_id"), "refresh_tokens", ["family_id"])
    op.create_index(op.f("ix_refresh_tokens_user_id"), "refresh_tokens", ["user_id"])
    op.create_table(
        "claim_stage_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("transition", sa.String(length=100), nullable=False),
        sa.Column("from_state", sa.String(length=16), nullable=False),
        sa.Column("to_state", sa.String(length=16), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claims.id"],
            name=op.f("fk_claim_stage_changes_claim_id_claims"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["members.id"],
            name=op.f("fk_claim_stage_changes_changed_by_id_members"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_stage_changes")),
    )
    op.create_index(
        op.f("ix_claim_stage_changes_changed_by_id"), "claim_stage_changes", ["changed_by_id"]
    )
    op.create_index(
        op.f("ix_claim_stage_changes_claim_id_changed_at"),
        "claim_stage_changes",
        ["claim_id", "changed_at"],
    )


def downgrade() -> None:
    op.drop_table("claim_stage_changes")
    op.drop_table("refresh_tokens")
    op.drop_table("claims")
    op.drop_table("remarks")
    op.drop_table("bookings")
    op.drop_table("topics")
    op.drop_table("members")
