"""The association between boards and members."""

from sqlalchemy import Column, ForeignKey, Table, Uuid

from app.models.base import Base

board_guests = Table(
    "board_guests",
    Base.metadata,
    Column("board_id", Uuid, ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "member_id",
        Uuid,
        ForeignKey("members.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)
