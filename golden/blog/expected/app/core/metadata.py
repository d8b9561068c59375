"""What the service is called, and where its API begins."""

NAME = "blog"
TITLE = "Blog Platform"
DESCRIPTION = "Users write posts, tag them and discuss them."
VERSION = "0.1.0"
PREFIX = "/api/v1"
