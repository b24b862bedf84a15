"""Generated closures: a policy's goals as one Python function over slots, without a trace.

A closure is made for one setting of the parameters (their values become constants) and kept; a different reading is
a different closure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from math import inf, prod
from typing import Any

from guiju.evaluate import runtime, settlement
from guiju.evaluate.emit import Block, Emitter
from guiju.evaluate.limits import classes_of
from guiju.evaluate.specialise import Specialiser
from guiju.facts.model import Facts, unknown
from guiju.language.ir import Node, walk
from guiju.language.policy import Benefit, Limit, Policy
from guiju.values import NOT_APPLICABLE, PASS, UNDECIDED
from guiju.vocabulary import Vocabulary

Slots = tuple[Any, ...]
WARM = 8  # calls on complete facts before the closure for complete facts is written


class Closure:
    """`call(slots)` gives the values of the roots in order, then the settlement if the policy pays.

    Where every fact is known, and after a few such calls, a second function answers that was written for known facts.
    `source` is the text of the first, for whoever wants to read it.
    """

    def __init__(self, write: Callable[[bool], _Written], vocabulary: Vocabulary) -> None:
        self._write = write
        self._general = write(False)
        self._known: Callable[[Slots], tuple[Any, ...]] | None = None
        self._calls = 0
        self.source = self._general.source
        self._prepared = [_prepared(kind, id_, vocabulary) for kind, id_ in self._general.layout]

    def bind(self, facts: Facts) -> Slots:
        """The facts in the order in which the closure reads them; last, whether every fact is known."""
        values, records = facts.values, facts.records
        slots = [values.get(id_, blank) if kind == _FACT else records.get(id_) if kind == _RECORD else blank
                 for kind, id_, blank in self._prepared]
        slots.append(all(_is_known(v) for v, p in zip(slots, self._prepared, strict=True) if p[0] == _FACT))
        return tuple(slots)

    def call(self, slots: Slots) -> tuple[Any, ...]:
        """The values of the roots, and the settlement, for bound facts."""
        if slots[-1]:
            if self._known is not None:
                return self._known(slots)
            self._calls += 1
            if self._calls >= WARM:
                self.warm()
        return self._general.function(slots)

    def warm(self) -> None:
        """Write the function for complete facts now."""
        known = self._write(True)
        assert known.layout == self._general.layout
        self._known = known.function

    def __call__(self, facts: Facts) -> tuple[Any, ...]:
        return self.call(self.bind(facts))


@dataclass(frozen=True, slots=True)
class _Written:
    function: Callable[[Slots], tuple[Any, ...]]
    layout: tuple[tuple[str, str], ...]
    source: str


_FACT, _RECORD, _BLANK = 0, 1, 2


def _prepared(kind: str, id_: str, vocabulary: Vocabulary) -> tuple[int, str, Any]:
    """What a slot holds: its kind, its id, and what stands there while nothing is known."""
    if kind == "fact":
        return _FACT, id_, unknown(vocabulary.facts[id_])
    if kind == "record":
        return _RECORD, id_, None
    return _BLANK, id_, tuple(unknown(f) for f in vocabulary.records[id_].fields)


def _is_known(value: Any) -> bool:
    return value[2] == 0 if type(value) is tuple else not value & UNDECIDED


def compile_closure(policy: Policy, roots: Sequence[Node], parameters: Map[str, Any], *, pays: bool = False,
                    presuming: bool = False) -> Closure:
    """A closure over `roots`; with `pays`, the policy's benefits are settled too, as the last value."""
    specialiser = Specialiser(policy.vocabulary, parameters)

    def write(facts_known: bool) -> _Written:
        emitter = Emitter(specialiser, presuming, policy.choice_sizes(), facts_known)
        results = [_written(emitter, root) for root in roots]
        if pays:
            results.append(_Settlement(emitter, policy).write())
        return _compiled(emitter, results, policy.id)

    return Closure(write, policy.vocabulary)


def _compiled(emitter: Emitter, results: list[str], name: str) -> _Written:
    body = [*emitter.top.lines, f"return ({', '.join(results)}{',' if results else ''})"]
    bound = {"INF": inf, "rt": runtime, "st": settlement, **emitter.constants}
    header = ", ".join(["S", *(f"{key}={key}" for key in bound)])
    source = "\n".join([f"def closure({header}):", *(f"    {line}" for line in body)]) + "\n"
    namespace: dict[str, Any] = dict(bound)
    exec(compile(source, f"<closure {name}>", "exec"), namespace)  # nosec B102: the text is written by us
    return _Written(namespace["closure"], tuple(emitter.slots), source)


def _written(emitter: Emitter, root: Node) -> str:
    if root.type.kind == "bool":
        return emitter.status(root, emitter.top)
    return f"({', '.join(emitter.quantity(root, emitter.top))})"


class _Settlement:
    """Writes how rows become claims, and the call that settles them."""

    def __init__(self, emitter: Emitter, policy: Policy) -> None:
        self.e = emitter
        self.policy = policy
        amounts = [emitter.specialiser.node(limit.amount) for limit in policy.limits if limit.amount is not None]
        self.asked = list(dict.fromkeys(n for amount in amounts for n in walk(amount) if n.op == "any_item"))

    def write(self) -> str:
        e, top = self.e, self.e.top
        claims = [self._claims(benefit, number) for number, benefit in enumerate(self.policy.benefits)]
        for i, node in enumerate(self.asked):
            top.written[node] = e.assign(top, f"rt.some([h[{i}] for h in H if h[{i}] != 16] or [8])")
        gates = [e.status(limit.gate, top) for limit in self.policy.limits]
        allowed = [f"({', '.join(e.quantity(limit.amount, top))})" if limit.amount is not None else "(0, 0, 0)"
                   for limit in self.policy.limits]
        stages = e.literal(tuple(map(self._stage, self.policy.limits)))
        terms = e.literal(tuple(settlement.Terms(b.category, b.kind == "exact", b.merge is not None)
                                for b in self.policy.benefits))
        return (f"st.settle({terms}, ({', '.join(claims)},), {stages}, [{', '.join(gates)}], "
                f"[{', '.join(allowed)}])")

    def _stage(self, limit: Limit) -> settlement.Stage:
        held = [(number, b) for number, b in enumerate(self.policy.benefits) if b.id in limit.benefits]
        slots = {number: self._limits_of(b).index(limit) for number, b in held}
        classes = {number: prod(classes_of(key, self.policy.vocabulary) for key in limit.keys[b.id])
                   for number, b in held}
        return settlement.Stage(limit.form, limit.n, slots, classes)

    def _limits_of(self, benefit: Benefit) -> list[Limit]:
        return [limit for limit in self.policy.limits if benefit.id in limit.benefits]

    def _claims(self, benefit: Benefit, number: int) -> str:
        e, top = self.e, self.e.top
        if number == 0:
            top.lines.append("H = []")
        name = e.assign(top, "[]", "f")
        if not benefit.record:
            self._claim(benefit, top, name, "")
            return name
        body, rows, known = e.loop(benefit.record, top)
        self._claim(benefit, body, name, known)
        e.close(top, body, rows)
        return name

    def _claim(self, benefit: Benefit, block: Block, name: str, known: str) -> None:
        e = self.e
        whens = [e.status(c.node, block) for c in benefit.when if c.counts]
        rows = [(e.status(line.test, block), *(e.quantity(line.net, block) if line.net is not None
                                               else ("0", "0", "0")), line.amount is None) for line in benefit.rows]
        table = ", ".join(f"({', '.join(map(str, row))})" for row in rows)
        found = e.assign(block, f"st.price(({', '.join(whens)}{',' if whens else ''}), ({table},))", "p")
        ceiling = e.quantity(benefit.ceiling, block) if benefit.ceiling is not None else ("INF", "INF", "0")
        merge = self._key(benefit.merge.keys, block) if benefit.merge else "()"
        limits = self._limits_of(benefit)
        keys = ", ".join(self._key(limit.keys[benefit.id], block) for limit in limits)
        insides = ", ".join(e.status(limit.where[benefit.id], block) if benefit.id in limit.where else str(PASS)
                            for limit in limits)
        unknown_set = f"not {known}" if known else "False"
        rests = [e.quantity(less.amount, block)[1] for less in benefit.less if less.rest]
        whole = ", ".join(f"{high} <= 0" for high in rests)
        claims = e.assign(
            block, f"st.claim({name}, {found}, ({', '.join(ceiling)}), {merge}, ({keys}{',' if keys else ''}), "
                   f"({insides}{',' if insides else ''}), {unknown_set}{f', all(({whole},))' if rests else ''})", "q")
        if self.asked:
            self._hold(benefit, block, claims)

    def _hold(self, benefit: Benefit, block: Block, claims: str) -> None:
        """What a cap may ask of the items: whether the last claim fulfils each condition."""
        statuses = []
        for condition in (node.args[0] for node in self.asked):
            fits = condition.rows <= {benefit.record}
            statuses.append(self.e.status(condition, block) if fits else str(NOT_APPLICABLE))
        block.lines.append(f"if {claims} != 8: st.hold(H, {claims}, ({', '.join(statuses)},))")

    def _key(self, keys: tuple[Node, ...], block: Block) -> str:
        if not keys:
            return "()"
        parts = [self.e.status(k, block) if k.type.kind == "bool" else f"({', '.join(self.e.quantity(k, block))})"
                 for k in keys]
        return f"st.key_of(({', '.join(parts)},))"
