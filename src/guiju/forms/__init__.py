"""Application forms as data: what is asked, what an answer must be, what it states, and the papers they become."""

from guiju.forms.checking import asked, check, check_value, is_blank, rows_of
from guiju.forms.counting import UNCOUNTED, browser_pattern, count
from guiju.forms.facts import facts_of
from guiju.forms.loader import form_ids, load_form
from guiju.forms.model import NO, NOTHING, YES, Answers, Fault, Field, Form, Item, Row, Section, Table
from guiju.forms.printing import Stamp, application_pdf

__all__ = ["NO", "NOTHING", "UNCOUNTED", "YES", "Answers", "Fault", "Field", "Form", "Item", "Row", "Section", "Stamp", "Table",
           "application_pdf", "asked", "browser_pattern", "check", "check_value", "count", "facts_of", "form_ids", "is_blank", "load_form",
           "rows_of"]
