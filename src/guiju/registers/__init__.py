"""Registers: documents that set tasks and targets but no rules, as data: identity, clause index, tasks, targets.

Below this folder stand the registers themselves, a YAML file or a folder each, by place.
"""
