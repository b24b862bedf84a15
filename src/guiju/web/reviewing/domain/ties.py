"""What an expert says of his ties, as the pages and the API both take it."""

from __future__ import annotations

from guiju.facts.organisations import plain_code
from guiju.web.kit.permissions import Refused

PLACES = 18


def code_of(word: str) -> str:
    """The credit code of the organisation to which one is tied. Raises Refused."""
    code = plain_code(word)
    if len(code) != PLACES:
        raise Refused(f"写单位的统一社会信用代码（{PLACES} 位）",
                      f"give the organisation's credit code, {PLACES} places")
    return code
