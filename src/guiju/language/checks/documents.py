"""An abbreviation stands for a document of which the clause index has something; a region is one that there is."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.policy import Policy, document_of
from guiju.source.diagnostics import Diagnostic

CODES = {"E307": "a document that holds in no known region",
         "W308": "an abbreviation with which no clause of the index begins"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    used = {document.short for key in policy.clauses if (document := document_of(key, policy.documents))}
    for document in policy.documents.values():
        if document.region and document.region.ljust(6, "0") not in policy.vocabulary.regions:
            yield found("E307", document.span, f"没有地区“{document.region}”；region 写行政区划代码，如 54、540100",
                        f"there is no region '{document.region}': 'region' is a code such as 54 or 540100")
        if document.short not in used:
            yield found("W308", document.span, f"没有条款的键以“{document.short}”开头；改正简称，或从 documents 删去",
                        f"no clause's key begins with '{document.short}': mend it or take it out of 'documents'")
