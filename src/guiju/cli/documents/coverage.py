"""A coverage report as lines, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guiju.cli.voice import Voice
from guiju.documents.coverage.compare import Coverage, Found, shown
from guiju.source.diagnostics import Text, visible

STATUSES = {
    "cited": Text("规则", "rule"), "duty": Text("义务", "duty"), "judgement": Text("人工判断", "judgement"),
    "narrative": Text("叙述", "narrative"), "target": Text("目标", "target"), "task": Text("任务", "task"),
    "head": Text("题名和发布日", "title and day of issue"), "elsewhere": Text("已说明", "explained"),
    "open": Text("未交代", "open"),
}


def as_lines(done: Coverage, whole: bool, say: Voice) -> Iterator[str]:
    """What is open and mismatched; with `whole` every figure."""
    yield say(f"{done.subject}：原文数字 {len(done.figures)} 个", f"{done.subject}: {len(done.figures)} figures")
    for source, title, first, last in done.documents:
        yield visible(f"  {source}:{first}-{last}  {title}")
    yield "  " + say("，", ", ").join(f"{say.text(STATUSES[s])} {n}" for s, n in done.counts.items())
    for found in done.figures:
        if whole or found.status == "open":
            yield visible(_line(found, say))
    for mismatch in done.mismatches:
        if whole or not mismatch.reason:
            head = say("数不见于所引条款", "a value is not in its clauses")
            yield visible(f"  {head}：{mismatch.rule} {shown(mismatch.value)} ← {'、'.join(mismatch.clauses)}"
                          + say.in_brackets(mismatch.reason))
    for entry in done.idle:
        yield visible(f"  {entry.span} " + say("这一项没有对上任何数字", "this entry fits no figure"))
    if done.unindexed:
        listed = say.listed([str(line) for line in done.unindexed], 12)
        yield "  " + say(f"条款目录里没有的行：{listed}", f"lines that the clause index lacks: {listed}")
    open_ = sum(1 for m in done.mismatches if not m.reason)
    yield say(f"  未交代 {done.counts['open']}，不合 {open_}（已说明 {len(done.mismatches) - open_}）",
              f"  open {done.counts['open']}, mismatched {open_} (explained {len(done.mismatches) - open_})")


def _line(found: Found, say: Voice) -> str:
    where = "、".join(found.clauses) or "-"
    why = "、".join(found.rules) or found.reason
    return (f"  {found.source}:{found.line} [{where}] {found.figure.text}  {say.text(STATUSES[found.status])}"
            f"{say.in_brackets(why)}  …{found.context}…")


def as_record(done: Coverage) -> dict[str, Any]:
    """The report as data. A report on a register also names the lines that its index lacks."""
    lines = {"unindexed": done.unindexed} if done.kind == "register" else {}
    return {
        done.kind: done.subject, **lines, "complete": done.complete, "counts": done.counts,
        "documents": [{"source": s, "title": t, "lines": [a, b]} for s, t, a, b in done.documents],
        "figures": [{
            "text": f.figure.text, "kind": f.figure.kind, "values": sorted(map(shown, f.figure.values)),
            "source": f.source, "line": f.line, "clauses": list(f.clauses), "status": f.status,
            "rules": list(f.rules), "reason": f.reason} for f in done.figures],
        "mismatches": [{"rule": m.rule, "clauses": list(m.clauses), "value": shown(m.value), "reason": m.reason}
                       for m in done.mismatches],
        "idle": [str(e.span) for e in done.idle],
    }
