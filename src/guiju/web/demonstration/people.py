"""Who is who in the demonstration, and what each can try. The page and the command read it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User

FIRST_LOGIN = "applicant"


@dataclass(frozen=True, slots=True)
class Persona:
    """`login` empty: no account is needed. `steps`: what to try, in order; `view`: where to begin."""

    login: str
    who: Text
    part: Text
    view: str
    steps: tuple[Text, ...]


def is_seeded() -> bool:
    """Whether this site is a demonstration with its data in it."""
    return bool(settings.MOVABLE_CLOCK) and User.objects.filter(login=FIRST_LOGIN).exists()


PERSONAS = (
    Persona("applicant", Text("申报单位经办人", "applicant"),
            Text("示例先进陶瓷研究院，正与一家共建单位联合申报", "An institute that applies together with a partner"),
            "applications:mine", (
                Text("打开“我的申报”里的草稿，接着填；离开输入框就自动保存",
                     "Open the draft and go on; each field saves itself"),
                Text("看右边“够不够条件”：缺什么、凭哪一条、怎样最省力地达到",
                     "Beside it: are we eligible, what is missing, the cheapest way"),
                Text("下载 Word，改几处再传回来；再到核对页看还差什么",
                     "Take the Word document, change it, send it back; see what is missing"))),
    Persona("partner", Text("共建单位经办人", "consortium partner"),
            Text("示例质检技术中心，受邀参加上面的联合申报", "Invited to take part in that application"),
            "applications:mine", (
                Text("打开同一份草稿，只能写联合申报说明和表里自己的行",
                     "Open the same draft: the joint part and your rows are yours"),
                Text("看申报单位留给您的意见，回复它", "Answer the comment that waits for you"))),
    Persona("recommender", Text("推荐单位", "recommending body"),
            Text("示例市场监管局（河南），审核本地区的申报", "Checks and recommends what comes from its region"),
            "intake:recommend", (
                Text("收下刚交来的申报，逐项审核六性，写推荐意见",
                     "Take in what has come, check it, write the opinion"),
                Text("把一份退回补充；看名额被谁占着", "Send one back; see who counts against the places"),
                Text("点“推荐并报送”：没做完的会逐条说明为什么不能报送",
                     "Forward one: what is lacking is said, with its clause"))),
    Persona("officer", Text("总局质量发展局经办人", "programme officer"),
            Text("管批次、形式审查、公示、异议和评审组织", "Runs the round, the examination, notices and the review"),
            "intake:examine", (
                Text("收件、形式审查：每项旁边是系统按条文核对的结果",
                     "Examine: beside each item stands what the law says of it"),
                Text("公示已期满的那份可以受理；有未结异议的受理不了，看系统怎么说",
                     "Accept the one whose notice is over; an open objection holds one back"),
                Text("成批办理先试算，再确认", "Try a batch first, then confirm it"))),
    Persona("expert11", Text("评审专家", "expert"),
            Text("检验检测组专家，手上有一份打了一半的评审", "Has a review half written"),
            "reviewing:desk", (
                Text("接着打分并写理由；本批次隐去申报单位名称", "Go on with the marks; applicants' names are hidden"),
                Text("提交后再取回修改，直到组长结束打分", "Hand it in, take it back, until the leader closes"))),
    Persona("chair", Text("专家技术委员会主任委员", "committee chair"),
            Text("今天上午正在开审议投票会", "A meeting with an open ballot is held today"),
            "reviewing:desk", (
                Text("给正在投票的申报投一票，记下回执编码", "Vote in the open ballot and keep the receipt"),
                Text("换成 officer 登录：计票，再开下一项的投票", "As officer: count, open the next ballot"),
                Text("到批次的评审页，让已受理的那份开始评审",
                     "On the review page of the round, begin with the one that was taken in"))),
    Persona("director", Text("实验室主任", "laboratory director"),
            Text("虚构精密仪器研究所的实验室，正式运行近一年", "A laboratory that has operated for nearly a year"),
            "desk:home", (
                Text("写年度运行报告：期限在“期限”页和日历里",
                     "Hand in the yearly report; its day is on the page of deadlines"),
                Text("看办理中的更名，登记一项成果：该署名而没署名的会提示",
                     "Follow the change of name; enter an output"))),
    Persona("", Text("社会公众（不用登录）", "the public (no account)"),
            Text("看公示、提异议、查实验室名录", "Reads notices, objects, looks laboratories up"),
            "notices:list", (
                Text("看正在公示的形式审查结果和建设名单，还有几个工作日",
                     "See what is public now, and the working days that are left"),
                Text("匿名或实名提一个异议，凭回执编码看办理情况",
                     "Object, with or without a name; follow it by the receipt's code"),
                Text("在名录里看每个实验室的历史", "See each laboratory's history in the register"))),
)
