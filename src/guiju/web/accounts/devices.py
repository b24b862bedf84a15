"""What a browser says of itself, in a few words: enough for its owner to know it again."""

from __future__ import annotations

_BROWSERS = (("MicroMessenger", "微信"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
             ("Safari", "Safari"))
_SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"),
            ("HarmonyOS", "HarmonyOS"), ("Linux", "Linux"))


def in_words(agent: str) -> str:
    """`Chrome · Windows`; the beginning of what it said where that tells nothing."""
    found = [next((name for mark, name in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, found)) or agent[:60] or "—"
