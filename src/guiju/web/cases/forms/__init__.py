"""Forms made from what a move asks."""

from guiju.web.cases.forms.move import MoveForm

__all__ = ["MoveForm"]
