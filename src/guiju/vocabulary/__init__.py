"""The dictionary that all policies share: facts, records, enumerations, units, code tables."""

from guiju.vocabulary.loader import load_vocabulary
from guiju.vocabulary.model import Enumeration, Field, Member, RecordType, Unit, Vocabulary

__all__ = ["Enumeration", "Field", "Member", "RecordType", "Unit", "Vocabulary", "load_vocabulary"]
