"""Rules that some databases hold statements to beyond names, types and groups."""

from .all import RULES, rule_findings

__all__ = ["RULES", "rule_findings"]
