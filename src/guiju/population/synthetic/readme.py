"""What stands beside a synthetic population, so that nobody takes it for real."""

from __future__ import annotations

from collections.abc import Mapping as Map

from guiju.population.synthetic.chunks import Maker
from guiju.population.synthetic.keys import PREFIX


def readme(maker: Maker, rows: Map[str, int]) -> str:
    """The page in Markdown; `rows`: how many each table has."""
    wish, model = maker.wish, maker.model
    names = {record.id: record.name for record in wish.records}
    tables = [f"| `{id_}` | {names.get(id_, '单位')} | {number:,} |" for id_, number in rows.items()]
    lines = [
        "# 合成数据 · Synthetic data", "",
        "**这里的单位和记录全部虚构。** 不是真实情况，不是统计结果，不能据以判断任何单位、地区或政策的真实情况。",
        "单位代码形似统一社会信用代码，但首位是 0、行政区划处是 XXXXXX（前缀 "
        f"`{PREFIX}`），没有任何单位会有这样的代码。", "",
        "**Every organisation and record here is invented.** Neither facts nor statistics; nothing about any real "
        "organisation, place or policy follows from them.",
        "Keys look like unified social credit codes, but begin with 0 and have XXXXXX for a region (prefix "
        f"`{PREFIX}`): no organisation can have one.", "",
        f"单位 organisations {wish.count:,} · 种子 seed {wish.seed} · 缺值 gaps {wish.gaps} · "
        f"错值 dirty {wish.dirty} · 基准日 as of {model.as_of} · 模型 model {model.digest}", "",
        "| 表 table | 名称 name | 行 rows |", "|---|---|---:|", *tables, "",
        "金额以分计，日期为基准日时的情况；空值是未知，不是零。Money in fen; a null is unknown, not zero.", "",
        "## 文件给出的数字 · Figures that documents give", "",
        *(f"- {s['document']}，{s['clause']}：{s['figure']}" for s in model.sources.values()), "",
        "## 假设（没有文件依据）· Assumptions (no document gives them)", "",
        *(f"- {text.zh}。{text.en}." for text in model.assumptions.values()), "",
    ]
    if wish.dirty:
        lines += ["`dirt.json` 逐表逐列写明错值的个数。It says how many values of each column are wrong.", ""]
    return "\n".join(lines)
