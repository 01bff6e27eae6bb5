#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of the house that a compiler does not know: `lint.py ROOT [RULE…]`, TAP on standard output."""

import sys

import c_rules
import text_rules
import tools
from tree import Tree

CHECKS = {**c_rules.CHECKS, **text_rules.CHECKS, **tools.CHECKS}


def main(root, *names):
    tree, failures = Tree(root), 0
    print(f"1..{len(names or CHECKS)}")
    for number, name in enumerate(names or CHECKS, 1):
        try:
            problems = list(CHECKS[name](tree))
        except tools.Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}")
            continue
        print(f"{'not ok' if problems else 'ok'} {number} {name}")
        for problem in problems:
            print(f"  {problem}")
        failures += bool(problems)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
