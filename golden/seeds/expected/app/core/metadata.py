"""What the service is called, and where its API begins."""

NAME = "seeds"
TITLE = "Seeds"
DESCRIPTION = ""
VERSION = "1.0.0"
PREFIX = "/api/v1"
