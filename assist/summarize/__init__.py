"""The record of a call, built only from what was said: no language model.

Turns become clauses, clauses get roles, inquiries are told apart, and each inquiry's record is composed of
shortened clauses in the written style of call records. Every line passes a gate before it is kept: numbers,
names, places and promises must stand in its evidence turns.
"""

from assist.summarize.compose import LINES_A_RECORD, summarize
from assist.summarize.gate import unsupported
from assist.summarize.sources import Source

__all__ = ["LINES_A_RECORD", "Source", "summarize", "unsupported"]
