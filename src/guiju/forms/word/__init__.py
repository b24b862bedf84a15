"""A form as .docx: blank or filled out, and a filled one read in again."""

from guiju.forms.word.reading import Reading, read_docx
from guiju.forms.word.remarks import Remark
from guiju.forms.word.writing import blank_docx, filled_docx

__all__ = ["Reading", "Remark", "blank_docx", "filled_docx", "read_docx"]
