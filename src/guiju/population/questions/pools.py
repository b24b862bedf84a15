"""A pool: a limit of the policy whose room is meant for all applicants together, such as a district's yearly total."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.evaluate.evaluation import Setting, evaluate
from guiju.facts.model import Facts
from guiju.language.ir import walk
from guiju.language.policy import Limit, Policy
from guiju.population.questions.asking import narrowed
from guiju.source.diagnostics import Span, Text, fail
from guiju.values import FAIL, NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Pool:
    """`policy`: what is paid from the pool alone, without the pool's own limit. `room`: fen, None while it is open."""

    limit: Limit
    policy: Policy
    room: int | None


def pool_of(policy: Policy, word: str, setting: Setting) -> Pool:
    """The limit that an officer takes as a pool. Raises GuijuError E976: no such limit, or none that can be one."""
    limit = next((x for x in policy.limits if x.id == word), None)
    if limit is None or not could_be_pool(limit):
        there = pools_there(policy)
        raise fail("E976", Span(policy.id), f"“{word}”不是这个政策里数额不随单位而变的上限{there.zh}",
                   f"'{word}' is no limit of this policy with one amount for all{there.en}")
    own = frozenset(limit.benefits)
    shared = [x.id for x in policy.limits if own & frozenset(x.benefits) and not own >= frozenset(x.benefits)]
    if shared:
        raise fail("E976", Span(policy.id), f"{word} 所含的项目还与别的项目共用上限 {'、'.join(shared)}，分不开",
                   f"what {word} holds also shares the limits {', '.join(shared)} with other benefits: it can't be "
                   "told apart")
    inner = tuple(x for x in policy.limits if own >= frozenset(x.benefits) and x is not limit)
    benefits = tuple(b for b in policy.benefits if b.id in own)
    return Pool(limit, narrowed(policy, benefits=benefits, limits=inner), _room(policy, limit, setting))


def pools_there(policy: Policy) -> Text:
    """Which limits can be named, as the end of a sentence."""
    known = [x for x in policy.limits if could_be_pool(x)]
    if not known:
        return Text("；这个政策没有全体共用的上限", "; this policy has no limit that could be a pool")
    return Text(f"；可用：{'、'.join(f'{x.id}（{x.name.zh}）' for x in known)}",
                f"; there are: {', '.join(f'{x.id} ({x.name.en})' for x in known)}")


def could_be_pool(limit: Limit) -> bool:
    """Whether the limit is a cap whose amount rests on nothing of the organisation and groups nothing."""
    if limit.form != "cap" or limit.amount is None or any(
            key.op != "const" for keys in limit.keys.values() for key in keys) or limit.where:
        return False
    return not any(node.op in ("fact", "any_item") or node.rows for node in walk(limit.amount)) and any(
        node.op == "param" for node in walk(limit.amount))


def _room(policy: Policy, limit: Limit, setting: Setting) -> int | None:
    assert limit.amount is not None
    bare = narrowed(policy, goals=(), scores={}, benefits=(), limits=())
    it = evaluate(bare, Facts(), setting).interpreter
    if it.status(limit.gate) in (FAIL, NOT_APPLICABLE):
        return None
    low, high, cause = it.quantity(limit.amount)
    return int(low) if low == high and not cause else None
