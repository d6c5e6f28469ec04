"""The access log of a home in a test, checked as ``doumi access verify`` does."""

from __future__ import annotations

from app import access_log
from app.access_log import Verdict
from app.home import Home
from app.store_reader import SessionReader
from tests.helpers.personal import vault


def check(home: Home) -> Verdict:
    heads = access_log.heads(home.personal_db)
    return SessionReader(vault(home)).read(lambda db: access_log.verify(db, heads, vault(home).log_key))
