"""What the service is called, and where its API begins."""

NAME = "features"
TITLE = "Every Feature"
DESCRIPTION = ""
VERSION = "2.1.0"
PREFIX = "/api/v2"
