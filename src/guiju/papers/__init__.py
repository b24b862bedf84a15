"""Official papers: laid out to GB/T 9704, as PDF and as .docx."""

from collections.abc import Callable, Mapping

from guiju.papers.model import Block, Heading, Paper, Paragraph, Rows
from guiju.papers.pdf import paper_pdf
from guiju.papers.typesetting import typeset
from guiju.papers.word import paper_docx

# What writes a paper, by the ending of the file's name.
WRITERS: Mapping[str, Callable[[Paper], bytes]] = {"pdf": paper_pdf, "docx": paper_docx}

__all__ = ["WRITERS", "Block", "Heading", "Paper", "Paragraph", "Rows", "paper_docx", "paper_pdf", "typeset"]
