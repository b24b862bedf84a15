"""The laboratory form, filled out."""

from typing import Any

from guiju.forms import Field, Row, Table, load_form

FORM = load_form("national/quality-standards-laboratory-2024")
SENTENCE = "面向质量创新的迫切需求，聚焦检测试验（含 ISO/IEC 17025）等环节开展研究。"
SAMPLES = {"yesno": "是", "date": "2024-01-20", "number": "3200", "money": "5200.5", "postcode": "100088",
           "phone": "010-12345678",
           "email": "zhang.san@example.cn", "line": "某某", "text": SENTENCE, "opinion": "同意申报。\n情况属实。"}
CODES = {"industries": "M", "regions": "120101", "credit_code": "911100001000069283"}


def cell(column: Field, number: int) -> str:
    if column.choices:
        return str(column.choices[number % len(column.choices)])
    if column.fact in ("number", "code") or column.id == "number":
        return CODES["credit_code"] if column.codes else f"编号-{number}"
    return SAMPLES.get(column.kind, "")


def rows(table: Table, count: int = 3) -> list[Row]:
    return [{c.id: cell(c, n) for c in table.columns} for n in range(count if table.id != "partner_items" else 1)]


def filled(**changes: object) -> dict[str, Any]:
    """Every field and every table filled in rightly; `changes` by field id, None leaves a field out."""
    found: dict[str, Any] = {}
    for item in FORM.fields():
        if isinstance(item, Table):
            found[item.id] = rows(item)
        elif item.kind != "attachment" and not item.by_recommender:
            code = CODES[item.codes] if item.codes else SAMPLES.get(item.kind, "")
            found[item.id] = item.choices[0] if item.choices else code
    found |= {"lab_name_zh": "量子计量国家质量标准实验室",
              "lab_name_en": "State Quality & Standards Laboratory of Quantum Metrology",
              "host_name": "某某计量科学研究院",
              "recommender_name": "某省市场监督管理局", "purpose_text": "\n".join([SENTENCE * 3] * 4)} | changes
    return {id_: value for id_, value in found.items() if value is not None}
