"""What the service is called, and where its API begins."""

NAME = "views"
TITLE = "A Magazine"
DESCRIPTION = ""
VERSION = "0.3.0"
PREFIX = "/api/v1"
