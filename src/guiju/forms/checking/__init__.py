"""What is wrong with answers."""

from guiju.forms.checking.whole import asked, check, check_value, is_blank, key_text, rows_of

__all__ = ["asked", "check", "check_value", "is_blank", "key_text", "rows_of"]
