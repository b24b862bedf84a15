"""The application as a PDF: whole, stamped on every page, and never obeying a text."""

import datetime as dt
import re
import time
from typing import Any

import pypdfium2
import pytest
from filled import FORM, SENTENCE, filled

from guiju.forms import NOTHING, Field, Stamp, Table, application_pdf

MOMENT = dt.datetime(2024, 1, 24, 1, 2, 3, tzinfo=dt.UTC)
HANDED_IN = Stamp("GJ-2024-0007", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", MOMENT,
                  draft=False)
DRAFT = Stamp("GJ-2024-0007", moment=MOMENT)


def pages(pdf: bytes) -> list[str]:
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return ["".join(text.replace("\u200b", "").split()) for text in texts]


def made(answers: dict[str, Any], joint: bool = True, stamp: Stamp = HANDED_IN, **more: Any) -> list[str]:
    return pages(application_pdf(FORM, answers, joint, stamp, **more))


def test_every_page_bears_number_digest_moment_and_its_place_in_the_whole() -> None:
    found = made(filled())
    stamp = f"编号GJ-2024-0007SHA-256{HANDED_IN.digest}2024-01-2409:02:03共{len(found)}页"

    assert [n for n, page in enumerate(found, start=1) if stamp not in page] == []
    assert [n for n, page in enumerate(found[1:], start=2) if f"—{n}—" not in page] == []
    assert "草" not in "".join(found)


def test_a_draft_says_so_across_every_page_and_bears_no_digest() -> None:
    found = made(filled(), stamp=DRAFT)

    assert [page for page in found if "草稿" not in page or "草稿，未提交" not in page] == []
    assert "SHA-256" not in "".join(found)


def test_cover_and_sections_stand_in_the_forms_order() -> None:
    found = made(filled())
    text = "".join(found)
    heads = ["一、基本信息", "（一）实验室基本信息", "（二）依托单位基本信息", "（三）推荐单位基本信息",
             "二、建设实验室的目的、意义（2000字以内）",
             "十、主要建设规划、预期目标与水平（8000字以内）", "十一、关于联合申报的说明",
             "十二、其它需要提供的说明材料", "（一）实验室现有固定人员名单",
             "（六）依托单位人员、硬件、资金保障的说明及承诺", "十三、申报意见", "依托单位意见", "推荐单位意见",
             "条件核验附表", "附表一单项数据",
             "附表七参建单位"]

    assert found[0].startswith("国家质量标准实验室申报材料实验室名称：量子计量国家质量标准实验室"
                               "依托单位：某某计量科学研究院联合共建单位（盖章）：")
    assert "国家市场监督管理总局制二〇二四年" in found[0]
    assert [head for head in heads if head not in text] == []
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)
    assert text.count("单位（公章）") == text.count("负责人（签字）：") == 2


def test_every_answer_is_in_it() -> None:
    answers = filled()
    text = re.sub(r"(—\d+—)?编号GJ.*?共\d+页", "", "".join(made(answers)))
    cells = [value for value in answers.values() if isinstance(value, str)]
    cells += [cell for rows in answers.values() if isinstance(rows, list) for row in rows for cell in row.values()]

    assert [cell for cell in cells if "".join(cell.split()) not in text] == []


def test_the_annex_says_that_it_is_ours() -> None:
    assert "本附表由本平台增设" in "".join(made(filled()))


def test_the_joint_part_is_there_only_for_joint_applications() -> None:
    parts = ("十一、关于联合申报的说明", "联合共建单位（盖章）", "协议写明人员责权", "机密的联合说明")
    answers = filled(joint_text="机密的联合说明")

    assert [part in "".join(made(answers)) for part in parts] == [True] * 4
    assert [part in "".join(made(answers, joint=False)) for part in parts] == [False] * 4


def test_attached_files_are_named_and_a_closed_table_says_none() -> None:
    text = "".join(made(filled(awards=NOTHING), attachments={"commitment": ["承诺函.pdf", "说明.docx"]}))

    assert "资金保障的说明及承诺承诺函.pdf说明.docx" in text
    assert "（四）近5年来获得重要获奖情况无（五）" in text


def test_a_code_is_shown_with_its_name() -> None:
    assert "M科学研究和技术服务业" in "".join(made(filled(industry="M")))


@pytest.mark.parametrize("words", ["#eval(\"1\")", "*粗*", "$x^2$", "@ref", "<label>", "\\ \\u{41}", "= 一",
                                   "#import \"@preview/a:1\""])
def test_no_text_is_obeyed(words: str) -> None:
    rows = [{"name": words, "number": words}]
    text = "".join(made({"lab_name_zh": words, "purpose_text": f"甲\n{words}\n乙", "project_items": rows,
                         "host_opinion": words},
                        attachments={"commitment": [words]}, stamp=Stamp(words)))

    assert text.count("".join(words.split())) >= 6


def test_equal_input_gives_equal_bytes() -> None:
    assert application_pdf(FORM, filled(), True, HANDED_IN) == application_pdf(FORM, filled(), True, HANDED_IN)


def test_the_longest_application_stays_on_its_pages_and_is_made_in_time() -> None:
    answers = filled()
    for item in FORM.fields():
        if isinstance(item, Table) and item.id in ("equipment", "project_items"):
            answers[item.id] = [{c.id: f"{c.label.zh}{n}" * 2 for c in item.columns} for n in range(200)]
        elif isinstance(item, Field) and item.limit:
            answers[item.id] = (SENTENCE * 200)[:item.limit]
    answers["plan_text"] = "x" * 8000
    answers["staff"] = [{"name": "很长的名字" * 200}, {"name": "w" * 2000}]
    begun = time.process_time()

    pdf = application_pdf(FORM, answers, True, HANDED_IN)

    assert time.process_time() - begun < 60  # two seconds on a quiet machine: it must not grow with the square
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        boxes = [text.get_rect(i) for i in range(text.count_rects())]
        assert max(box[2] for box in boxes) <= 595 - 60
        assert min(box[1] for box in boxes) > 20


def test_the_number_of_pages_is_not_torn_apart_at_the_foot() -> None:
    stamp = Stamp("GJ-2024-0007-2A4F", HANDED_IN.digest, MOMENT, draft=False)
    pdf = pypdfium2.PdfDocument(application_pdf(FORM, filled(), True, stamp))
    found = [page.get_textpage().get_text_range() for page in pdf]

    assert [n for n, page in enumerate(found, start=1) if not re.search(rf"共 *{len(found)} *页", page)] == []
