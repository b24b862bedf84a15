"""`guiju population simulate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.help import Command
from guiju.cli.options import PATH
from guiju.cli.population.asking import Asked, data_argument, law_options
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Diagnostic, GuijuError

if TYPE_CHECKING:
    from guiju.language.compile.reform import Reform


def command(say: Voice) -> click.Command:
    @click.command("simulate", cls=Command, help=say(
        "一项改革签字之前先算一遍：谁新够条件、谁不再够、谁多得、谁少得，各地各类要多少钱。改革写成一个文件，写法同"
        "“在另一件政策上改”。结果写进 DIR：reform.json、reform.svg、changed.parquet，扫参数时另有 sweep.svg。",
        "Try a reform before it is signed: who newly qualifies, who no longer does, who gains, who loses, and what it "
        "costs by place and kind. A reform is one file, written as an amendment is. Results go to DIR: reform.json, "
        "reform.svg, changed.parquet, and sweep.svg for a sweep."))
    @data_argument(say)
    @click.option("--policy", "-p", "words", required=True, metavar="ID",
                  help=say("改哪项政策", "the policy it changes"))
    @click.option("--change", type=PATH, required=True, metavar="FILE",
                  help=say("改革文件（.yaml）", "the reform (.yaml)"))
    @click.option("--out", type=PATH, required=True, metavar="DIR",
                  help=say("结果的文件夹；里面同名的结果会换成新的",
                           "the folder of results; those of the same name are replaced"))
    @click.option("--sweep", "sweeping", default="", metavar="PARAM=A:B:STEP",
                  help=say("改革后的一个数值参数从 A 到 B 逐步取值，画出费用曲线",
                           "move a number parameter of the reformed policy from A to B, and draw the cost curve"))
    @law_options(say)
    def simulate(data: Path, change: Path, out: Path, sweeping: str, asked: Asked) -> None:
        _simulate(data, asked, change, out, sweeping, say)

    return simulate


def _simulate(data: Path, asked: Asked, change: Path, out: Path, sweeping: str, say: Voice) -> None:
    """Everything that is written, and the page."""
    from contextlib import closing

    from guiju.cli.layout import terminal_width
    from guiju.cli.population.reform_drawing import reform_picture, sweep_picture
    from guiju.cli.population.reform_page import page
    from guiju.language.compile.reform import read_reform
    from guiju.population.reform.changed import Changed
    from guiju.population.reform.form import dump
    from guiju.population.reform.simulation import Simulation, needs
    from guiju.population.reform.sweep import sweep_of

    policy, setting = asked.policies[0]
    reform = read_reform(change, policy, asked.library.folder_of(policy))
    warnings = _checked(reform)
    simulation = Simulation(reform, setting)
    sweep = sweep_of(sweeping, reform.after, simulation.settings[1]) if sweeping else None
    with closing(asked.opened(data, needs(reform))) as source:
        _made(out)
        with Changed(out / "changed.parquet", simulation) as changed:
            result = simulation.run(source.chunks(), changed.add, sweep)
    asked.note(source.faults)
    _write(out / "reform.json", dump(result))
    _write(out / "reform.svg", reform_picture(result, say))
    if sweep is not None:
        _write(out / "sweep.svg", sweep_picture(sweep, say))
    for warning in warnings:
        click.echo(warning.render(say.language), err=True)
    click.echo("\n".join(page(result, changed.rows, out, say, terminal_width())))


def _checked(reform: Reform) -> list[Diagnostic]:
    """What the static checks find in the reformed policy and not in the policy itself. Raises GuijuError for errors."""
    from guiju.evaluate.checks import check_policy

    before = {(d.code, d.message) for d in check_policy(reform.before)}
    found = [d for d in check_policy(reform.after) if (d.code, d.message) not in before]
    errors = [d for d in found if d.severity == "error"]
    if errors:
        raise GuijuError(errors)
    return found


def _made(out: Path) -> None:
    """Raises GuijuError E916 where there can be no such folder."""
    from guiju.population.files.writing import not_written

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(out, error) from None


def _write(path: Path, text: str) -> None:
    from guiju.population.files.writing import replace_with

    replace_with(path, text.encode())
