#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every pair of text and ground that the style sheets name has a contrast of at least 7:1 (WCAG AAA),
and what only marks an edge, a focus or a drawing at least 3:1, light, dark and in high contrast.

  check-contrast.py RESOURCES
"""

import pathlib
import re
import sys

TEXT = [
    ("ink", "paper"), ("ink", "paper_deep"), ("ink", "surface"), ("ink", "surface_hover"), ("ink", "lamp_soft"),
    ("ink_soft", "paper"), ("ink_soft", "paper_deep"), ("ink_soft", "surface"), ("ink_soft", "surface_hover"),
    ("on_lamp", "lamp_soft"), ("on_action", "action"), ("on_action", "action_hover"), ("action", "surface"),
] + [(name, name + "_soft") for name in ("swedish", "society", "work", "health", "family", "online", "other", "alarm")] + [
    # A chosen purpose: the writing of a chosen chip on the colour of the purpose.
    ("on_action", name) for name in ("swedish", "society", "work", "health")
]
MARKS = [("focus", "paper"), ("focus", "surface"), ("action", "paper")]
SHEETS = {
    "light": ["style.css"],
    "dark": ["style.css", "style-dark.css"],
    "high contrast": ["style.css", "style-hc.css"],
    "high contrast, dark": ["style.css", "style-dark.css", "style-hc.css", "style-hc-dark.css"],
}
COLOUR = re.compile(r"@define-color\s+(\w+)\s+#([0-9a-fA-F]{6})\s*;")


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def main(resources):
    failures = 0
    for face, sheets in SHEETS.items():
        colours = {}
        for sheet in sheets:
            colours.update(COLOUR.findall((resources / sheet).read_text(encoding="utf-8")))
        lowest = 99.0
        for pairs, wanted in ((TEXT, 7.0), (MARKS, 3.0)):
            for text, ground in pairs:
                found = contrast(colours[text], colours[ground])
                if wanted == 7.0:
                    lowest = min(lowest, found)
                if found < wanted:
                    failures += 1
                    print(f"{face}: {text} on {ground} has {found:.2f}:1, wanted {wanted}:1")
        print(f"{face}: text at least {lowest:.2f}:1")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
