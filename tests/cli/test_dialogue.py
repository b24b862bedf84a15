"""`guiju ask`: lines typed in, answers at the end."""

import re

import pytest
from organisations import SETTLED, TIBET


@pytest.fixture
def ask(run, facts):
    def ask_(typed: str, *options: object, without: tuple[str, ...] = (), more: str = ""):
        return run("ask", facts(without=without, more=more), "-p", "tianjin", *options, typed=typed)

    return ask_


def test_nothing_is_asked_where_all_is_decided(ask):
    done = ask("")

    assert done.exit_code == 0
    assert "没有要问的了。" in done.stdout
    assert "1. " not in done.stdout
    assert "可得 8 万元（定额）" in done.stdout


def test_it_asks_for_what_is_missing_and_stops_when_all_is_decided(ask):
    done = ask("企业\n", without=("单位类型",))

    assert "1. 单位类型：" in done.stdout
    assert "可定“天津市标准化资助项目与资金管理办法（试行）”的标准化资助" in done.stdout
    assert "（企业、事业单位、社会组织、机关、其他类型）>" in done.stdout
    assert "2. " not in done.stdout
    assert "可得 8 万元（定额）" in done.stdout


def test_an_answer_that_can_not_be_read_is_asked_again(ask):
    done = ask("公司集团\n不知道\n企业\n", without=("单位类型",))

    assert "E111" in done.stdout
    assert "没有读出值；不知道就按回车跳过" in done.stdout
    assert "可得 8 万元（定额）" in done.stdout


def test_how_an_answer_was_read_is_told(ask):
    done = ask("2022年5月\n", without=("提交日",))

    assert "“2022年5月”没有写到日：按 2022-05-01 至 2022-05-31 之间的某一天处理" in done.stdout
    assert "可得 8 万元（定额）" in done.stdout


def test_a_skipped_question_is_not_asked_again_and_stays_open(ask):
    done = ask("\n跳过\n", without=("单位类型", "注册地"))

    assert "2. " in done.stdout
    assert "3. " not in done.stdout
    assert "尚缺事实" in done.stdout


@pytest.mark.parametrize("word", ["停", "quit", "Q", "退出"])
def test_stopping_gives_the_answer_so_far(ask, word):
    done = ask(f"{word}\n", without=("单位类型",))

    assert done.exit_code == 0
    assert "到此为止。" in done.stdout
    assert "尚缺事实；" in done.stdout


def test_the_end_of_input_is_a_stop(ask):
    done = ask("", without=("单位类型",))

    assert (done.exit_code, "到此为止。" in done.stdout) == (0, True)


def test_a_refusal_ends_the_questions(ask):
    done = ask("2022-07-01\n", without=("单位类型", "提交日"))  # after the closing date

    assert "没有要问的了。" in done.stdout
    assert "不符合，不予资助" in done.stdout


def test_a_judgement_needs_who_when_and_on_what(ask):
    done = ask("是\n\n市局\n2022-05-20\n初审意见\n", without=("无其他违法情形",))

    assert "判定要写明判定人、日期和依据" in done.stdout
    assert "可得 8 万元（定额）" in done.stdout


def test_a_judgement_with_an_impossible_day_is_asked_again(ask):
    done = ask("是\n市局\n2022-02-30\n意见\n是\n\n2022-05-20\n\n", without=("无其他违法情形",))

    assert "没有“2022-02-30”这一天" in done.stdout
    assert "可得 8 万元（定额）" in done.stdout


def test_a_record_set_can_be_none(ask):
    done = ask("无\n", without=("合规记录",))

    assert "有几条？" in done.stdout
    assert "可得 8 万元（定额）" in done.stdout


def test_a_record_set_is_asked_row_by_row(ask):
    typed = "两条\n" + "9" * 6000 + "\n1\nA-1\n国家级\n是\n是\n2021-06-01\n否\n"
    done = ask(typed, without=("试点示范",))

    assert "请填 1 到 1000 的数，或“无”" in done.stdout
    assert "第 1 条·级别" in done.stdout
    assert "可得 15 万元（定额）" in done.stdout


def test_rows_that_repeat_a_key_are_asked_again(ask):
    row = "A-1\n国家级\n是\n是\n2021-06-01\n否\n"
    done = ask(f"2\n{row}{row}1\n{row}", without=("试点示范",))

    assert "E118" in done.stdout
    assert "可得 15 万元（定额）" in done.stdout


def test_a_cell_that_is_missing_is_asked_for_its_row(run, facts):
    path = facts(SETTLED.replace("制修订: 制定, ", ""))
    done = run("ask", path, "-p", "tianjin", typed="制定\n")

    assert "1. 标准·制修订：" in done.stdout
    assert "第 1 条 GB/T 1-2021" in done.stdout
    assert "可得 8 万元（定额）" in done.stdout


@pytest.mark.parametrize(("absent", "typed"), [
    ("单位类型: 企业\n", "企业\n"),
    ("制修订: 制定, ", "制定\n"),
    ("合规记录: []\n", "无\n"),
    ("无其他违法情形: {值: 是, 判定人: 市局, 日期: 2022-05-20, 依据: 初审意见}\n", "是\n市局\n2022-05-20\n初审意见\n"),
])
def test_facts_and_answers_are_saved_together(run, facts, tmp_path, absent, typed):
    assert absent in SETTLED
    saved = tmp_path / "saved.yaml"
    done = run("ask", facts(SETTLED.replace(absent, "")), "-p", "tianjin", "--save", saved, typed=typed)

    assert f"已写 {saved}" in done.stdout
    again = run("evaluate", saved, "-p", "tianjin")
    assert "可得 8 万元（定额）" in again.stdout
    assert _receipt(again.stdout) == _receipt(done.stdout)


@pytest.mark.parametrize("source", ["facts.json", "counted.yaml", "sourced.yaml"])
def test_what_was_stated_is_kept_in_any_form(run, tmp_path, source):
    texts = {"facts.json": '{"注册地": "120104", "标准": [{"级别": "国家标准", "位次": 1}]}',
             "counted.yaml": "注册地: '120104'\n标准: [{级别: 国家标准, 位次: 1, 数量: 2}]",
             "sourced.yaml": "注册地: {值: '120104', 来源: 执照}\n判定记录: {判定人: 甲, 日期: 2022-01-01, 依据: 乙}\n"
                             "标准: [{级别: 国家标准, 位次: 1}]"}
    (tmp_path / source).write_text(texts[source], encoding="utf-8")
    saved = tmp_path / "saved.yaml"
    run("ask", tmp_path / source, "-p", "tianjin", "--as-of", "2022-06-01", "--save", saved, typed="无\n" * 3)

    text = saved.read_text(encoding="utf-8")
    assert text.count("级别: 国家标准") == (2 if source == "counted.yaml" else 1)
    assert ("来源: 执照" in text) == (source == "sourced.yaml")
    assert ("判定人: 甲" in text) == (source == "sourced.yaml")
    assert re.search(r": (无|\[\])\n", text)
    assert run("evaluate", saved, "-p", "tianjin", "--as-of", "2022-06-01").exit_code == 0


def _receipt(text: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith("收据"))


def test_answers_to_a_workbook_are_saved_as_yaml(run, tmp_path):
    book, saved = tmp_path / "blank.xlsx", tmp_path / "saved.yaml"
    run("template", "tianjin", "-o", book)
    run("ask", book, "-p", "tianjin", "--as-of", "2022-06-01", "--save", saved, typed="无\n" * 3)

    assert re.search(r": (无|\[\])\n", saved.read_text(encoding="utf-8"))
    assert run("evaluate", saved, "-p", "tianjin", "--as-of", "2022-06-01").exit_code == 0


@pytest.mark.parametrize(("name", "code"), [("facts.yaml", "E001"), ("out.xlsx", "E101")])
def test_saving_never_replaces_a_file_and_only_writes_yaml(run, facts, tmp_path, name, code):
    done = run("ask", facts(), "-p", "tianjin", "--save", tmp_path / name)

    assert (done.exit_code, done.stdout) == (2, "")
    assert code in done.stderr


def test_saving_does_not_go_with_an_earlier_knowledge(run, facts, tmp_path):
    done = run("ask", facts(), "--save", tmp_path / "out.yaml", "--known-at", "2022-01-01")

    assert (done.exit_code, "E133" in done.stderr) == (2, True)


def test_the_questions_can_be_english(run):
    done = run("ask", TIBET, "-p", "laboratory", "--lang", "en", typed="0\nquit\n")

    assert "posts of the leader" in done.stdout
    assert "how many?" in done.stdout
    assert "学术带头人" not in done.stdout
