"""A case as a bundle: what `guiju chart verify` needs, and nothing of the site."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.bundle import Paper, write_bundle
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.store import file_of
from guiju.web.files.domain import path_of
from guiju.web.files.queries import attached_to


def bundle_of(record: CaseRecord) -> bytes:
    """The archive of the case: events, the chart's text that it began with, its documents."""
    return write_bundle(file_of(record), record.revision.files, _papers(record))


def _papers(record: CaseRecord) -> Iterator[Paper]:
    for attachment in attached_to("case", record.public_id):
        path = path_of(attachment.file.sha256)
        if path.exists():
            yield Paper(attachment.file.sha256, attachment.name, path.read_bytes())
