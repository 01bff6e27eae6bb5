#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of the catalogues must be able to fail."""

import importlib.util
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("check", HERE / "check-catalogues.py")
check = importlib.util.module_from_spec(SPEC)
sys.dont_write_bytecode = True
SPEC.loader.exec_module(check)

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: sv\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
SOURCE = 'f (_("Today"), C_("day", "%s at %s"), ngettext ("%d date", "%d dates", n));\n'
GOOD = """
msgid "Today"
msgstr "I dag"

msgctxt "day"
msgid "%s at %s"
msgstr "%2$s: "
"%1$s"

msgid "%d date"
msgid_plural "%d dates"
msgstr[0] "en dag"
msgstr[1] "%d dagar"
"""


class Case(unittest.TestCase):
    def problems(self, body, source=SOURCE, listed="app/a.c\n", header=HEADER, tool=None):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name in ("po", "app/text", "resources", "data"):
                (root / name).mkdir(parents=True)
            (root / "po/LINGUAS").write_text("# all\nsv\n", encoding="utf-8")
            (root / "po/POTFILES.in").write_text(listed, encoding="utf-8")
            (root / "po/sv.po").write_text(header + body, encoding="utf-8")
            (root / "app/a.c").write_text(source, encoding="utf-8")
            if tool is not None:
                (root / "app/tool").mkdir()
                (root / "app/tool/b.c").write_text(tool, encoding="utf-8")
            (root / "app/text/lykta-language.c").write_text('complete[] = { "sv", "en" };', encoding="utf-8")
            return "\n".join([*check.check_sound(root), *check.check_complete(root)])

    def test_good(self):
        self.assertEqual(self.problems(GOOD), "")

    def test_placeholder(self):
        self.assertIn("placeholders differ", self.problems(GOOD.replace("%1$s", "")))
        self.assertIn("placeholders differ", self.problems(GOOD.replace("%d dagar", "%s dagar")))

    def test_missing(self):
        self.assertIn("“Today”", self.problems(GOOD.replace("I dag", "")))
        self.assertIn("“Today”", self.problems(GOOD.replace('msgid "Today"', '#, fuzzy\nmsgid "Today"')))
        self.assertIn("(day)", self.problems(GOOD.replace('msgctxt "day"\n', "")))
        self.assertIn("“New”", self.problems(GOOD, SOURCE + '_("New")'))

    def test_operators(self):
        """A language of visitors need not have what only lyktactl says; Swedish must."""
        check.OPERATOR_LANGUAGES, kept = set(), check.OPERATOR_LANGUAGES
        try:
            with_tool = {"listed": "app/a.c\napp/tool/b.c\n", "tool": '_("Usage")'}
            self.assertEqual(self.problems(GOOD, **with_tool), "")
        finally:
            check.OPERATOR_LANGUAGES = kept
        self.assertIn("“Usage”", self.problems(GOOD, **with_tool))

    def test_plurals(self):
        self.assertIn("plural forms", self.problems(GOOD + 'msgstr[2] "x"\n'))
        self.assertIn("no Plural-Forms", self.problems(GOOD, header=HEADER.replace("Plural", "X-Plural")))

    def test_files(self):
        self.assertIn("not in po/POTFILES.in", self.problems(GOOD, listed=""))
        self.assertIn("does not exist", self.problems(GOOD, listed="app/a.c\napp/b.c\n").replace("app/a.c", ""))


if __name__ == "__main__":
    unittest.main()
