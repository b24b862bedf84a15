"""Rows of a table from a spreadsheet or the clipboard, and an empty sheet to fill in."""

from guiju.forms.tables.clipboard import rows_from_paste
from guiju.forms.tables.recognise import TableReading
from guiju.forms.tables.spreadsheet import blank_xlsx, rows_from_xlsx

__all__ = ["TableReading", "blank_xlsx", "rows_from_paste", "rows_from_xlsx"]
