"""The Excel lists: those the secretary keeps, and those made for her.

This is the one door for the rest of the product; as a module it keeps the promises of
``ports.Lists``. Touches nothing itself.
"""

from pipeline.edges.excel.agenda import write_agenda
from pipeline.edges.excel.card import read_card, write_card
from pipeline.edges.excel.division import read_division, write_division
from pipeline.edges.excel.new_cases import read_new_cases, write_new_cases
from pipeline.edges.excel.read import read_meetings, read_members, read_overrides, read_school_holidays
from pipeline.edges.excel.write import write_incoming, write_proof, write_terms

__all__ = [
    "read_card",
    "read_division",
    "read_meetings",
    "read_members",
    "read_new_cases",
    "read_overrides",
    "read_school_holidays",
    "write_agenda",
    "write_card",
    "write_division",
    "write_incoming",
    "write_new_cases",
    "write_proof",
    "write_terms",
]
