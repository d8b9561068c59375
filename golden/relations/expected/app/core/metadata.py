"""What the service is called, and where its API begins."""

NAME = "relations"
TITLE = "Relations"
DESCRIPTION = ""
VERSION = "0.1.0"
PREFIX = "/api/v1"
