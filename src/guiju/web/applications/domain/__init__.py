"""Acts on applications."""

from guiju.web.applications.domain.beginning import begin
from guiju.web.applications.domain.handing_in import hand_in
from guiju.web.applications.domain.state import editable, last_day, reopen
from guiju.web.applications.domain.writing import write_answer

__all__ = ["begin", "editable", "hand_in", "last_day", "reopen", "write_answer"]
