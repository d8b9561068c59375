"""What the service is called, and where its API begins."""

NAME = "jobs"
TITLE = "Jobs"
DESCRIPTION = ""
VERSION = "1.0.0"
PREFIX = "/api/v1"
