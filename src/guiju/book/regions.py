"""The names of regions, for lists and pages."""

from __future__ import annotations

from guiju.language.policy import Policy
from guiju.source.diagnostics import Text

COUNTRY = Text("全国", "national")
NATIONAL = "0"
_DIGITS = 6


def region_of(policy: Policy) -> Text:
    """The names of its region from the province down; a policy without a region is the country's. English names are
    those of the library's folders, which stand for provinces."""
    code = policy.region
    names = [policy.vocabulary.regions.get(code[:length].ljust(_DIGITS, "0"), "") for length in (2, 4, 6)
             if length <= len(code)]
    zh = " ".join(dict.fromkeys(filter(None, names)))
    return Text(zh, policy.id.partition("/")[0].title()) if zh else COUNTRY


def province_of(policy: Policy) -> tuple[str, Text]:
    """The code and the name of its province; NATIONAL for the country."""
    code = policy.region[:2]
    if not code:
        return NATIONAL, COUNTRY
    zh = policy.vocabulary.regions.get(code.ljust(_DIGITS, "0"), code)
    return code, Text(zh, policy.id.partition("/")[0].title())
