"""Who takes part: organisations, their people, experts. Names say that they are invented; codes belong to nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from guiju.web.accounts.domain.organisations import add_member, create_organisation, make_recommending
from guiju.web.accounts.domain.people import save_expert
from guiju.web.accounts.models import ExpertPost, Organisation, User
from guiju.web.accounts.uscc import made_up
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign
from guiju.web.demonstration.seed.stage import Stage
from guiju.web.demonstration.seed.words import invented_name
from guiju.web.rounds.programmes import LABORATORY

PANELS = ("新材料", "高端装备", "检验检测")
EXPERTS_A_PANEL, SEATS = 5, 15
BODIES = (("henan", "示例市场监管局（河南）", "410000"), ("zhejiang", "示例市场监管局（浙江）", "330000"),
          ("sichuan", "示例市场监管局（四川）", "510000"))


KINDS = {"institute": "科研院所", "university": "高等院校", "enterprise": "企业主体"}
AFFILIATIONS = ("地方", "中央")


@dataclass(frozen=True, slots=True)
class Host:
    """An applicant: what it is, where, who recommends it, and what its laboratory is about."""

    name: str
    kind: str
    region: str
    body: str
    topic: str
    english: str
    domain: str


def _host(name: str, kind: str, region: str, topic: str, english: str, panel: int) -> Host:
    body = {"41": "henan", "33": "zhejiang", "51": "sichuan"}.get(region[:2], "ministry")
    return Host(name, kind, region, body, topic, english, PANELS[panel])


# The first of them is the applicant's, the second the director's. Each applies once, in one round: no laboratory is
# asked for twice.
HOSTS = (
    _host("示例先进陶瓷研究院", "institute", "410100", "先进陶瓷", "Advanced Ceramics", 0),
    _host("虚构精密仪器研究所", "institute", "330100", "精密仪器", "Precision Instruments", 1),
    _host("示例高端阀门股份有限公司", "enterprise", "410300", "高端阀门", "High-End Valves", 1),
    _host("虚构新能源检测院", "institute", "510100", "新能源检测", "New-Energy Testing", 2),
    _host("示例江海大学", "university", "330200", "海洋材料", "Marine Materials", 0),
    _host("示例轴承股份有限公司", "enterprise", "410300", "精密轴承", "Precision Bearings", 1),
    _host("虚构计量技术研究院", "institute", "510100", "计量技术", "Metrology", 2),
    _host("示例西岭大学", "university", "510100", "高分子材料", "Polymers", 0),
    _host("虚构机器人有限公司", "enterprise", "330400", "工业机器人", "Industrial Robots", 1),
    _host("示例食品检验研究院", "institute", "410100", "食品检验", "Food Testing", 2),
    _host("虚构碳纤维有限公司", "enterprise", "330600", "碳纤维", "Carbon Fibre", 0),
    _host("示例数控机床研究所", "institute", "510600", "数控机床", "Machine Tools", 1),
    _host("虚构环境监测研究院", "institute", "330100", "环境监测", "Environmental Monitoring", 2),
    _host("示例特种玻璃有限公司", "enterprise", "410700", "特种玻璃", "Special Glass", 0),
    _host("虚构轨道装备有限公司", "enterprise", "510100", "轨道装备", "Rail Equipment", 1),
    _host("示例纺织品质检中心", "institute", "330300", "纺织品检测", "Textile Testing", 2),
    _host("虚构稀土材料研究院", "institute", "110000", "稀土材料", "Rare-Earth Materials", 0),
    _host("示例航测装备研究所", "institute", "110000", "航测装备", "Survey Equipment", 1),
    _host("虚构生物试剂有限公司", "enterprise", "330100", "生物试剂检验", "Biological Reagents", 2),
    _host("示例有色金属研究院", "institute", "410100", "有色金属", "Non-Ferrous Metals", 0),
    _host("虚构液压技术有限公司", "enterprise", "330200", "液压技术", "Hydraulics", 1),
    _host("示例中原大学", "university", "410100", "电磁兼容检测", "Electromagnetic Compatibility", 2),
    _host("虚构涂层材料有限公司", "enterprise", "510300", "功能涂层", "Functional Coatings", 0),
    _host("示例仓储装备有限公司", "enterprise", "410200", "仓储装备", "Storage Equipment", 1),
    _host("虚构无损检测研究所", "institute", "510100", "无损检测", "Non-Destructive Testing", 2),
    _host("示例橡胶研究院", "institute", "330700", "特种橡胶", "Special Rubber", 0),
    _host("虚构传感器有限公司", "enterprise", "410100", "智能传感器", "Smart Sensors", 1),
    _host("示例珠宝检验所", "institute", "410100", "珠宝检验", "Gem Testing", 2),
    _host("虚构膜材料大学研究院", "university", "330100", "分离膜材料", "Membranes", 0),
    _host("虚构绿色建材有限公司", "enterprise", "410100", "绿色建材", "Green Building Materials", 0),
    _host("示例电梯检验院", "institute", "410100", "电梯检验", "Lift Inspection", 2),
    _host("虚构氢能装备研究院", "institute", "510100", "氢能装备", "Hydrogen Equipment", 1),
    _host("示例光学材料研究所", "institute", "410100", "光学材料", "Optical Materials", 0),
    _host("虚构船舶配套有限公司", "enterprise", "330900", "船舶配套产品", "Marine Fittings", 1),
    _host("示例茶叶检验中心", "institute", "330100", "茶叶检验", "Tea Testing", 2),
    _host("虚构磁性材料有限公司", "enterprise", "330700", "磁性材料", "Magnetic Materials", 0),
    _host("示例农机装备研究所", "institute", "410300", "农机装备", "Farm Machinery", 1),
    _host("虚构半导体检测研究院", "institute", "510100", "半导体检测", "Semiconductor Testing", 2),
    _host("示例东湖工程大学", "university", "330100", "结构材料", "Structural Materials", 0),
    _host("虚构水表计量研究所", "institute", "410100", "水量计量", "Water Metering", 2),
    _host("示例焊接装备有限公司", "enterprise", "510600", "焊接装备", "Welding Equipment", 1),
    _host("虚构耐火材料有限公司", "enterprise", "410100", "耐火材料", "Refractories", 0),
    _host("示例日化检验院", "institute", "510100", "日化产品检验", "Household Chemicals", 2),
)


def enter_everyone(stage: Stage) -> None:
    _offices(stage)
    _bodies(stage)
    _hosts(stage)
    _experts(stage)


def _offices(stage: Stage) -> None:
    stage.person("operator", "平台管理员（示例）", operator=True)
    officer = stage.person("officer", "齐虚质（质量发展局经办）")
    samr = stage.person("samr", "宋虚局（总局审定）")
    ministries = stage.person("ministries", "穆虚联（两部门经办）")
    top = create_organisation(made_up(900), "示例市场监管总局（虚构）", "office", samr)
    bureau = create_organisation(made_up(901), "示例质量发展局（虚构）", "office", officer, above=top)
    both = create_organisation(made_up(902), "示例两部门协调办公室（虚构）", "office", ministries)
    stage.units.update(samr=top, bureau=bureau, both=both)
    assign(installed(LABORATORY), "SAMR", organisation=top)  # as the operator enters who calls for applications


def _bodies(stage: Stage) -> None:
    for n, (short, name, region) in enumerate(BODIES):
        login = "recommender" if n == 0 else f"recommender{n + 1}"
        user = stage.person(login, f"{invented_name(40 + n)}（推荐单位经办）")
        unit = create_organisation(made_up(910 + n), name, "office", user, region=region)
        make_recommending(unit, region=region)
        stage.units[short], stage.agents[short] = unit, user
    user = stage.person("recommender4", f"{invented_name(44)}（部门推荐经办）")
    unit = create_organisation(made_up(914), "示例科技部门（虚构）", "office", user, ministry="示例部门（虚构）")
    make_recommending(unit, ministry="示例部门（虚构）")
    stage.units["ministry"], stage.agents["ministry"] = unit, user


def _hosts(stage: Stage) -> None:
    logins = {0: ("applicant", "申虚报（申报单位经办）"), 1: ("director", "路虚任（实验室主任）")}
    for n, host in enumerate(HOSTS):
        login, name = logins.get(n, (f"host{n + 1}", f"{invented_name(50 + n)}（经办人）"))
        user = stage.person(login, name)
        stage.agents[f"host{n}"] = user
        stage.units[f"host{n}"] = create_organisation(made_up(1000 + n), host.name, host.kind, user, region=host.region)
    partner = stage.person("partner", "龚虚建（共建单位经办）")
    stage.units["partner"] = create_organisation(made_up(990), "示例质检技术中心（虚构）", "institute", partner,
                                                 region="410100")
    second = stage.person("partner2", "景虚材（共建单位经办）")
    stage.units["partner2"] = create_organisation(made_up(991), "虚构材料技术学院", "university", second,
                                                  region="330100")
    add_member(stage.units["host0"], stage.person("colleague", "童虚事（申报单位同事）"), "agent")


def _experts(stage: Stage) -> None:
    """Thirty: five for each of three panels, and the fifteen of the committee. Some have worked for applicants."""
    for n in range(EXPERTS_A_PANEL * len(PANELS)):
        user = stage.person(f"expert{n + 1}", f"{invented_name(100 + n)}（专家）")
        _expert(user, (PANELS[n // EXPERTS_A_PANEL], "质量管理"), n,
                stage.units[f"host{n + 2}"] if n % 4 == 1 else None)
    for n in range(SEATS):
        user = stage.person("chair" if n == 0 else f"member{n + 1}",
                            f"{'陈虚席' if n == 0 else invented_name(120 + n)}（{'主任委员' if n == 0 else '委员'}）")
        _expert(user, (PANELS[n % 3],), 40 + n, None)


def _expert(user: User, fields: tuple[str, ...], number: int, once_at: Organisation | None) -> None:
    posts = [ExpertPost(institution=f"虚构高校{number + 1}", code=made_up(2000 + number), position="教授",
                        since=dt.date(2018, 9, 1))]
    if once_at is not None:
        posts.append(ExpertPost(institution=once_at.name, code=once_at.code, position="研究员", since=dt.date(2015, 7,
                                                                                                              1),
                                until=dt.date(2024, 8, 31)))
    save_expert(user, "研究员", "示例专家，履历虚构。", list(fields), posts)
