"""The association between tasks and topics."""

from sqlalchemy import Column, ForeignKey, String, Table, Uuid

from app.models.base import Base

task_topics = Table(
    "task_topics",
    Base.metadata,
    Column("task_id", Uuid, ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "topic_code",
        String(40),
        ForeignKey("topics.code", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)
