"""A small policy to declare things in, and the one condition that its goal asks for."""

POLICY = """\
id: p
title: 试行办法
in_force: {from: 2020-01-01}
clauses: {"1": {zh: 第一条}}
goals:
- {id: goal, name: 目标, main: true, require: [C]}
"""
RULES = "conditions:\n- {id: C, require: 联合}\n"
