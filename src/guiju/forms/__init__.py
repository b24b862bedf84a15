"""Application forms as data: what is asked, what an answer must be, what it states, and the papers they become."""

from guiju.forms.checking import asked, check, check_value, is_blank, rows_of
from guiju.forms.counting import UNCOUNTED, browser_pattern, count
from guiju.forms.facts import facts_of
from guiju.forms.loader import form_ids, load_form
from guiju.forms.model import NO, NOTHING, YES, Answers, Fault, Field, Form, Item, Row, Section, Table
from guiju.forms.printing import Stamp, application_pdf
from guiju.forms.tables import TableReading, blank_xlsx, rows_from_paste, rows_from_xlsx
from guiju.forms.word import Reading, Remark, blank_docx, filled_docx, read_docx

__all__ = [
    "NO",
    "NOTHING",
    "UNCOUNTED",
    "YES",
    "Answers",
    "Fault",
    "Field",
    "Form",
    "Item",
    "Reading",
    "Remark",
    "Row",
    "Section",
    "Stamp",
    "Table",
    "TableReading",
    "application_pdf",
    "asked",
    "blank_docx",
    "blank_xlsx",
    "browser_pattern",
    "check",
    "check_value",
    "count",
    "facts_of",
    "filled_docx",
    "form_ids",
    "is_blank",
    "load_form",
    "read_docx",
    "rows_from_paste",
    "rows_from_xlsx",
    "rows_of",
]
