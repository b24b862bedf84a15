"""Official papers: laid out to GB/T 9704, as PDF and as .docx."""

from guiju.papers.model import Block, Heading, Paper, Paragraph, Rows
from guiju.papers.pdf import paper_pdf
from guiju.papers.typesetting import typeset
from guiju.papers.word import paper_docx

__all__ = ["Block", "Heading", "Paper", "Paragraph", "Rows", "paper_docx", "paper_pdf", "typeset"]
