"""Everything about a policy that is in doubt: what is not verified, what can be read in two ways, what is not set."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from guiju.book.page import chinese, ident, said, table
from guiju.cli.voice import Voice
from guiju.evaluate.readings import spell
from guiju.language.policy import Policy
from guiju.source.diagnostics import Text


def doubts_part(policy: Policy, say: Voice) -> str:
    """Ambiguities with default and alternative, then what is unverified; a sentence where there is nothing."""
    rows = list(_readings(policy, say))
    made = ""
    if rows:
        header = [say("歧义", "ambiguity"), say("缺省", "default"), say("另读", "or"), say("说明", "note"),
                  say("依据", "clause")]
        made = table(header, rows, say("两种读法", "readings"))
    unverified = "".join(f"<li>{words}</li>" for words in _unverified(policy, say))
    if unverified:
        made += f'<p><b>{say("待核", "To be verified")}</b></p><ul class="unverified">{unverified}</ul>'
    return made or f'<p class="soft">{say("没有登记的疑点", "none is on record")}</p>'


def _readings(policy: Policy, say: Voice) -> Iterator[list[str]]:
    for p in policy.parameters.values():
        open_ = p.default is None and not p.dated
        default = say("未定：设定之前不可计算", "open: not computable until it is set") if open_ else \
            chinese(spell(p, p.default), say)
        others = "、".join(spell(p, v) for v in p.alternatives)
        name = f"{escape(p.name)} {ident(p.id)}" if say.language == "zh" else escape(p.id)
        yield [name, default, chinese(others, say) or "—", said(p.note, say), say.clauses(p.clauses)]


def _unverified(policy: Policy, say: Voice) -> Iterator[str]:
    """Of the whole, then of single rules."""
    yield from (chinese(text, say) for text in policy.unverified)
    single: list[tuple[str, Text, str]] = [(c.id, c.name, c.unverified) for c in policy.conditions.values()]
    single += [(b.id, b.name, b.unverified) for b in policy.benefits]
    single += [(i.id, i.name, i.unverified) for s in policy.scores.values() for g in s.groups for i in g.items]
    for id_, name, doubt in single:
        if doubt:
            yield f"{said(name, say)} {ident(id_)}{say('：', ': ')}{chinese(doubt, say)}"
