"""How a policy's rules cover the figures of its text: what people have said of figures that no rule carries, and, where
the text is at hand, the whole count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.book.lacking import lacking
from guiju.book.page import chinese, ident, table
from guiju.cli.documents.coverage import STATUSES
from guiju.cli.voice import Voice
from guiju.documents.coverage.compare import Coverage, cover
from guiju.documents.coverage.reasons import Reason, read_reasons
from guiju.language.policy import Policy
from guiju.source.diagnostics import GuijuError, Text

_KINDS = {"narrative": Text("叙述", "narrative"), "judgement": Text("人工判断", "judgement"),
          "derived": Text("规则的推算", "derived in a rule")}
_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Covered:
    """`reasons`: what was said of figures without a rule, and of values that no clause has; `report`: the count, where
    there is a text; `missing`: why there is none."""

    reasons: Sequence[Reason] = ()
    report: Coverage | None = None
    missing: Text = _NOTHING


def covered(policy: Policy, folder: Path, store: Path | None) -> Covered:
    """`store`: where the texts are, if they are to be counted. Raises GuijuError where a reason can't be read."""
    reasons = tuple(read_reasons(folder))
    if store is None:
        return Covered(reasons)
    try:
        return Covered(reasons, cover(policy, folder, store))
    except GuijuError as error:
        return Covered(reasons, None, error.diagnostics[0].message)


def counts_of(reasons: Sequence[Reason]) -> dict[str, int]:
    """How many reasons there are of each kind."""
    found = Counter(r.kind for r in reasons)
    return {kind: found[kind] for kind in _KINDS}


def covered_part(found: Covered, say: Voice) -> str:
    """The counts, and every reason that was given."""
    made = _counted(found.report, say) if found.report is not None else _uncounted(found, say)
    rows = list(_reasons(found.reasons, say))
    if rows:
        header = [say("条款或行", "clause or lines"), say("数字", "figure"), say("归为", "kind"), say("理由", "reason")]
        made += table(header, rows, say("没有规则承载的数字及其理由", "figures without a rule, and why"))
    return made


def _counted(report: Coverage, say: Voice) -> str:
    head = [say.text(STATUSES[s]) for s in report.counts]
    explained = sum(1 for m in report.mismatches if m.reason)
    header = [say("原文数字", "figures"), *head, say("规则的数不见于条款", "values without a clause"),
              say("其中已说明", "of these explained")]
    row = [str(len(report.figures)), *(str(n) for n in report.counts.values()), str(len(report.mismatches)),
           str(explained)]
    return table(header, [row], say("原文数字", "figures of the text")) + lacking(report, say)


def _uncounted(found: Covered, say: Voice) -> str:
    """Without the text: what coverage.yaml says by itself."""
    counts = counts_of(found.reasons)
    words = say("，", ", ").join(f"{say.text(_KINDS[kind])} {n}" for kind, n in counts.items())
    why = say.text(found.missing) or say("这里没有文本库，原文的数字没有逐个清点；有文本库时用 guiju cover",
                                         "there is no text store here, so the figures of the text are not counted; "
                                         "guiju cover counts them where there is one")
    return f"<p>{say('已说明的：', 'explained: ')}{words}</p><p class=\"soft\">{why}</p>"


def _reasons(reasons: Sequence[Reason], say: Voice) -> Iterator[list[str]]:
    for reason in reasons:
        lines = "、".join(f"{p.source}:{p.first}" + (f"-{p.last}" if p.last > p.first else "") for p in reason.places)
        where = say.clause(reason.clause) if reason.clause else ident(reason.rule) if reason.rule else lines
        yield [where, chinese(reason.figure, say) or say("全部", "all"), say.text(_KINDS[reason.kind]),
               chinese(reason.reason, say)]
