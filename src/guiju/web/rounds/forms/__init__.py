"""The sections of a round's editing: each is a form that says what it makes different."""

from guiju.source.diagnostics import Text
from guiju.web.rounds.forms.bodies import BodiesForm
from guiju.web.rounds.forms.dates import DatesForm
from guiju.web.rounds.forms.making import ConfirmForm, NewRoundForm
from guiju.web.rounds.forms.offices import OfficesForm
from guiju.web.rounds.forms.parameters import ParametersForm
from guiju.web.rounds.forms.review import ReviewForm
from guiju.web.rounds.forms.section import SectionForm
from guiju.web.rounds.forms.texts import TextsForm

SECTIONS: dict[str, tuple[Text, type[SectionForm]]] = {
    "dates": (Text("名称和日程", "Name and days"), DatesForm),
    "offices": (Text("主管部门和审批", "Offices and approvers"), OfficesForm),
    "bodies": (Text("推荐单位", "Recommending bodies"), BodiesForm),
    "parameters": (Text("参数和读法", "Parameters and readings"), ParametersForm),
    "rules": (Text("评审细则", "Review rules"), ReviewForm),
    "texts": (Text("通知和公示文字", "Texts"), TextsForm),
}
__all__ = ["SECTIONS", "ConfirmForm", "NewRoundForm", "SectionForm"]
