"""Input that can't be used: a clear message in the reader's language, exit status 2, nothing on standard output."""

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from organisations import SETTLED, TIANJIN

GUIJU = [sys.executable, "-c", "from guiju.cli.main import main; main()"]


def refused(done, *words):
    """Nothing was answered, and the message says these words."""
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert [w for w in words if w not in done.stderr] == []


@pytest.mark.parametrize(("line", "words"), [
    ("科研用房面机: 3000 平方米", ["E104", "科研用房面积", "facility_area", "facts.yaml:"]),
    ("研发人员数: 很多", ["E106"]),
    ("上年度营业收入: 300 平方米", ["平方米", "facts.yaml:"]),
    ("提交日: 2022-02-30", ["E114", "没有“2022-02-30”这一天"]),
    ("单位类型: 公司集团", ["E111", "企业、事业单位"]),
    ("资金申报材料齐全: 大概", ["E110", "是 或 否"]),
    ("注册地: \"990000\"", ["E112"]),
])
def test_a_value_that_can_not_be_read_is_refused_with_place_and_remedy(run, facts, line, words):
    name = line.split(":")[0]
    refused(run("evaluate", facts(without=(name,), more=line)), *words)


def test_the_message_is_english_where_english_is_asked_for(run, facts):
    done = run("evaluate", facts(more="科研用房面机: 3000"), "--lang", "en")

    refused(done, "E104", "is not in the dictionary", "did you mean", "facility_area")
    assert "不在词汇表" not in done.stderr


def test_all_mistakes_are_told_at_once(run, facts):
    done = run("evaluate", facts(more="科研用房面机: 3\n研发人员数: 很多\n提交日期: 2022-02-30"))

    refused(done)
    assert [line.split()[1] for line in done.stderr.splitlines()] == ["E104", "E106", "E104"]


def test_wan_percent_and_full_width_digits_are_read_and_told(run, facts):
    done = run("evaluate", facts(more="上年度营业收入: １２３４.５万元\n全国细分市场占有率: １２％"), "-p", "tianjin")

    assert done.exit_code == 0
    assert "“１２３４.５万元”读作" in done.stdout
    assert "“１２％”读作" in done.stdout


def test_a_duplicate_record_is_refused(run, facts):
    twice = "\n".join(f"  - {{编号: GB/T 1-2021, 级别: 国家标准, 位次: {n}}}" for n in (1, 2))
    refused(run("evaluate", facts("标准:\n" + twice)), "E118", "facts.yaml:3")


def test_a_fact_given_twice_is_refused(run, facts):
    refused(run("evaluate", facts(more="单位类型: 企业")), "E005", "单位类型")


def test_a_cell_of_the_sheet_is_named_by_its_address(run, tmp_path):
    path = tmp_path / "facts.xlsx"
    assert run("template", "tianjin", "-o", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    sheet = book["事实"]
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == "提交日")
    sheet.cell(row, 3, "下个月")
    book.save(path)

    refused(run("evaluate", path), f"事实!C{row}", "E114")


@pytest.mark.parametrize(("name", "content", "words"), [
    ("facts.xlsx", b"%PDF-1.7", ["E102", "PDF"]),
    ("facts.yaml", b"PK\x03\x04", ["E102"]),
    ("facts.json", b"{", ["E003"]),
    ("facts.yaml", b"\xff\xfe\x00", ["E002", "UTF-8"]),
    ("facts.yaml", b"", ["E007"]),
    ("facts.yaml", b"a: [1, 2", ["E003"]),
    ("facts.yaml", b"- 1\n- 2\n", ["E103"]),
    ("facts.txt", b"", ["E101"]),
    ("facts.yaml", b"&a a: 1", ["E004"]),
    ("facts.yaml", b"a: !!python/object:os.system 1", ["E004"]),
    ("facts.yaml", b"a: " + b"[" * 5000, ["E006"]),
    ("facts.json", b'{"a":' * 5000, ["E00"]),
], ids=lambda value: repr(value)[:16])
def test_a_file_that_is_not_what_its_name_says(run, tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    refused(run("evaluate", tmp_path / name), name, *words)


def test_a_zip_named_as_a_workbook(run, tmp_path):
    with zipfile.ZipFile(tmp_path / "facts.xlsx", "w") as archive:
        archive.writestr("x.txt", "x")
    refused(run("evaluate", tmp_path / "facts.xlsx"), "E102")


def test_a_file_that_is_not_there(run, tmp_path):
    refused(run("evaluate", tmp_path / "nowhere.yaml"), "E001", "nowhere.yaml")
    refused(run("evaluate", tmp_path), "E101")


def test_a_hundred_megabytes_of_yaml_are_refused_at_once(run, tmp_path):
    path = tmp_path / "facts.yaml"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"# " + b"x" * (1024 * 1024 - 3) + b"\n")
    start = time.process_time()

    refused(run("evaluate", path), "E001", "100 MB")
    assert time.process_time() - start < 2


def test_billion_laughs_are_refused_at_once(run, tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    path = tmp_path / "facts.yaml"
    path.write_text("\n".join(lines))
    start = time.process_time()

    refused(run("evaluate", path), "E004")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", ["facts.yaml", "facts.json", "facts.xlsx"])
def test_a_pipe_or_a_device_is_no_file_of_facts(run, tmp_path, name):
    os.mkfifo(tmp_path / name)
    refused(run("evaluate", tmp_path / name), "E001", "不是普通文件")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    refused(run("evaluate", tmp_path / "zero.yaml"), "E001")


@pytest.mark.parametrize("line", [
    "注册地: " + "长" * 1_000_000, "单位名称: " + "长" * 1_000_000, "提交日: " + "9" * 100_000,
    "? " + "长" * 2000 + "\n: 1",
    "".join(f"研发人员数{n}: 1\n" for n in range(50_000)), "标准: [" + "a, " * 1_000_000 + "]"])
def test_what_is_long_or_wrong_very_often_is_refused_soon_and_in_few_words(run, facts, line):
    start = time.process_time()
    done = run("evaluate", facts(line))

    refused(done)
    assert len(done.stderr) < 60_000
    assert time.process_time() - start < 60  # a second on a quiet machine: it must not grow with the square


@pytest.mark.parametrize("line", [
    r'"\e[31m甲": 1', r'"\x9b31m": 1', r'"\u202e甲": 1', r'单位名称: "a\x9b31mb"', r'单位名称: "a\u202eb"',
    r'研发人员数: "\0"', r'研发人员数: {值: 5 人, 来源: "\e[31m"}', r'标准: [{数量: "\e[5m"}]',
    r'资金申报材料真实: {值: 是, 来源: "a\x7f"}', '"a\\nfacts.yaml:1  N101  好": 1'])
def test_no_input_reaches_the_terminal_as_a_command(run, facts, line):
    done = run("evaluate", facts(line))

    refused(done, "facts.yaml:1:")
    assert not [c for c in done.stderr if c != "\n" and not c.isprintable()]
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["evaluate", TIANJIN, "--\x1b[31mx"], ["\x1b[31mx"], ["show", "\x9b31m"]])
def test_neither_do_the_arguments(run, arguments):
    done = run(*arguments)
    refused(done)
    assert "\x9b" not in done.stderr
    assert "\x1b" not in done.stderr


def test_a_full_disk_is_told_as_such():
    program = f"{sys.executable} -c 'from guiju.cli.main import main; main()' policies > /dev/full"
    done = subprocess.run(program, shell=True, capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, "答复写不出去" in done.stderr) == (2, True)


def test_a_folder_that_is_gone_is_no_fault(run, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert run("tour").exit_code == 0


@pytest.mark.parametrize(("arguments", "words"), [
    (["-p", "tianjin/standardization"], ["E140", "tianjin/standardisation-fund-2021"]),
    (["-p", "national"], ["E140", "national/sme-tiers-2022"]),
    (["-p", "甲", "-p", "乙"], ["甲", "乙"]),
    (["-p", "tianjin", "--as-of", "2021-08-29"], ["E142", "2021-08-30 起施行"]),
    (["--as-of", "2022-13-01"], ["E114", "--as-of"]),
    (["--as-of", "2022"], ["E114", "写到日"]),
    (["--known-at", "昨天"], ["E114", "--known-at"]),
    (["-p", "tianjin", "--set", "multipart"], ["E131", "参数=值"]),
    (["-p", "tianjin", "--set", "=x"], ["E131"]),
    (["-p", "tianjin", "--set", "multiparts=x"], ["E141", "multipart"]),
    (["--set", "multiparts=x"], ["E141", "multipart"]),
    (["-p", "tianjin", "--set", "multipart=随便"], ["E245", "同一标准归一"]),
    (["--set", "nowhere:multipart=x"], ["E140"]),
    (["--policies", "/nowhere"], ["E280"]),
])
def test_options_that_can_not_be_used(run, arguments, words):
    refused(run("evaluate", TIANJIN, *arguments), *words)


def test_a_policy_that_does_not_compile_gives_no_half_answer(run, facts, tmp_path):
    folder = tmp_path / "library" / "x" / "y"
    folder.mkdir(parents=True)
    (folder / "policy.yaml").write_text("id: x/y\ntitle: 甲\n", encoding="utf-8")

    refused(run("evaluate", facts(), "--policies", tmp_path / "library"), "E023", "policy.yaml")


@pytest.mark.parametrize("rules", [
    "conditions: [{id: A, require: '研发人员数 > " + "9" * 5000 + " 人'}]",
    "conditions:\n" + "".join(f"  - {{id: C{n}, any_of: [C{n + 1}]}}\n" for n in range(2000))])
def test_absurd_rules_are_refused(run, facts, tmp_path, rules):
    folder = tmp_path / "library" / "x" / "y"
    folder.mkdir(parents=True)
    (folder / "policy.yaml").write_text("id: x/y\ntitle: 甲\nin_force: {from: 2020-01-01}\nclauses: {}\n"
                                        "goals: [{id: g, name: 甲}]\n", encoding="utf-8")
    (folder / "rules.yaml").write_text(rules, encoding="utf-8")

    refused(run("evaluate", facts(), "--policies", tmp_path / "library"), "E204")


@pytest.mark.parametrize("command", ["evaluate", "explain", "ask", "improve"])
def test_every_command_that_reads_facts_refuses_alike(run, facts, command):
    refused(run(command, facts(more="科研用房面机: 3")), "E104")


@pytest.mark.parametrize(("arguments", "zh", "en"), [
    (["evaluate"], "缺少参数 FACTS", "Missing argument"),
    (["evalute", "x"], "没有命令“evalute”。是不是“evaluate”", "no such command 'evalute'; did you mean evaluate"),
    (["evaluate", "x", "--jsn"], "没有选项 --jsn", "No such option"),
    (["evaluate", "x", "--as-of"], "选项 --as-of 要带一个值", "requires an argument"),
    (["evaluate", "x", "y"], "多出了参数", "unexpected extra argument"),
    (["improve", "x", "-n", "no"], "应是 1 到 50 的整数", "not a valid"),
])
def test_usage_errors_are_in_the_readers_language(run, arguments, zh, en):
    refused(run(*arguments), zh)
    refused(run(*arguments, "--lang", "en") if "--as-of" not in arguments else run("--lang", "en", *arguments), en)


def test_a_fault_of_guiju_is_told_without_a_traceback(run, monkeypatch):
    import guiju.cli.answer.page

    def fail(*_: object) -> str:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(guiju.cli.answer.page, "page_of", fail)
    done = run("evaluate", TIANJIN)
    assert (done.exit_code, done.stdout) == (70, "")
    assert "程序内部出错（ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr
    assert "This is our fault" in run("evaluate", TIANJIN, "--lang", "en").stderr

    monkeypatch.setenv("GUIJU_DEBUG", "1")
    assert "Traceback" in run("evaluate", TIANJIN).stderr


def guiju(*arguments: object, **more: object) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run([*GUIJU, *map(str, arguments)], capture_output=True, check=False, timeout=60, **more)


def test_the_real_command_keeps_the_streams_apart(tmp_path):
    good, bad = guiju("evaluate", TIANJIN, "-p", "tianjin"), guiju("evaluate", tmp_path / "no.yaml")

    assert (good.returncode, good.stderr) == (0, b"")
    assert "可得 60 万元（定额）" in good.stdout.decode()
    assert b"\x1b[" not in good.stdout
    assert (bad.returncode, bad.stdout) == (2, b"")
    assert "读不到文件" in bad.stderr.decode()


def test_a_terminal_that_knows_no_chinese_gets_an_answer_all_the_same():
    done = guiju("evaluate", TIANJIN, "-p", "tianjin", env={**os.environ, "PYTHONIOENCODING": "ascii"})

    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize("command", [
    ["compare", "tianjin", "beijing"], ["show", "sme", "--clauses"], ["register", "list"], ["chart", "list", "--help"],
    ["--help"], ["--version"]], ids=" ".join)
def test_a_reader_that_goes_away_is_no_fault(command):
    program = [sys.executable, "-c", "from guiju.cli.main import main; main()", *command]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()  # before anything is written: only a real pipe breaks
        said = running.stderr.read()

    assert (running.returncode, said) == (0, b"")


def test_help_is_quick_and_loads_nothing_heavy():
    program = ("import sys; sys.argv = ['guiju', '--help']\nfrom guiju.cli.main import main\n"
               "try: main()\nexcept SystemExit: pass\n"
               "print([m for m in ('yaml', 'openpyxl', 'rapidfuzz', 'guiju.evaluate', 'guiju.vocabulary') "
               "if m in sys.modules], file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.stderr.strip() == "[]"
    assert "evaluate" in done.stdout


def test_the_settled_example_is_sound(run, facts):
    """The tests above break one thing at a time in these facts."""
    assert SETTLED
    assert "可得 8 万元（定额）" in run("evaluate", facts(), "-p", "tianjin").stdout


def test_no_test_leaves_files_beside_the_examples():
    assert sorted(p.name for p in Path(TIANJIN).parent.iterdir()) == [
        "beijing-institute.yaml", "cases", "tianjin-sensor-maker.yaml", "tibet-plateau-laboratory.yaml"]
    assert [p.name for p in (Path(TIANJIN).parent / "cases").iterdir()] == ["laboratory.yaml"]
