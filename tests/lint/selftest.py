#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rule that cannot fail is no rule: each is shown a planted violation and has to name it."""

import pathlib
import shutil
import sys
import tempfile

import c_rules
import text_rules
import tools
from tree import Tree

CHECKS = {**c_rules.CHECKS, **text_rules.CHECKS, **tools.CHECKS}
HEAD = c_rules.LICENCE + "\n"
GOOD = {
    "app/ARCHITECTURE.md": "ui → paper → store → base\n\n"
    "| `ui` | ui | drawing | `<gtk/>` |\n"
    "| `paper` | paper | pages | `<cairo>` |\n"
    "| `store` | core | rows | `<sqlite3.h>` |\n"
    "| `base` | core | all | |\n",
    "app/base/a.c": HEAD + '#include "base/a.h"\n\nint\na (void)\n{\n  return 1;\n}\n',
    "app/base/a.h": HEAD + "#pragma once\n\nint a (void);\n",
    "app/store/b.c": HEAD + '#include "base/a.h"\n#include <sqlite3.h>\n',
    "app/ui/c.c": HEAD + '#include "store/b.h"\n#include <gtk/gtk.h>\n',
    "app/paper/d.c": HEAD + '#include "base/a.h"\n',
    "data/man/a.1": '.Dd November 22, 2026\n.Dt A 1\n.Os\n.Sh NAME\n.Nm a\n.Nd a page\n.Sh DESCRIPTION\nIt is a page.\n',
    "meson.build": "project('lykta',\n  version: '0.1.0',\n)\n",
    "NEWS": "Lykta 0.1.0\n",
    "README.md": "[news](NEWS)\n",
    "resources/ui/a.ui": '<interface><object class="GtkLabel"><property name="label" translatable="yes">Go'
    ' back</property></object></interface>\n',
    "run.sh": '#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\necho "$1"\n',
    "data/a.gschema.xml": '<schemalist><schema id="a.b" path="/a/b/"><key name="k" type="s"><default>""</default></key></schema></schemalist>\n',
    "flatpak/a.yml": "app-id: a.b.c\nruntime: org.gnome.Platform\nruntime-version: '43'\nsdk: org.gnome.Sdk\ncommand: a\nmodules: []\n",
}


def c(body):
    return HEAD + body


def ui(inside):
    return f'<interface><object class="GtkLabel">{inside}</object></interface>\n'


# (rule, file, content, a piece of what must be said)
PLANTED = [
    ("architecture", "app/new/x.c", c(""), "room new has no place"),
    ("layers", "app/base/x.c", c('#include "store/b.h"\n'), "base may not include store"),
    ("layers", "app/store/x.c", c('#include "paper/d.h"\n'), "store may not include paper"),
    ("layers", "app/store/x.c", c('#include "b.h"\n'), "does not begin with a room"),
    ("layers", "app/base/x.c", c("#include <sqlite3.h>\n"), "<sqlite3.h> has its place in store"),
    ("layers", "app/paper/x.h", c("  #  include <gtk/gtk.h>\n"), "<gtk/gtk.h> has its place in ui"),
    ("sizes", "app/base/x.c", c("\n" * 801), "at most 800"),
    ("sizes", "app/base/x.c", c("void\nf (void)\n{\n" + "  ;\n" * 81 + "}\n"), "function of 81 lines"),
    ("licence", "app/base/x.c", "int a;\n", "does not begin with"),
    ("licence", "x.py", "print()\n", "no SPDX"),
    ("calls", "app/base/x.c", c("void f (void) { strcpy (a, b); }\n"), "strcpy"),
    ("calls", "app/base/x.c", c("void f (void) { sprintf (a, b); }\n"), "sprintf"),
    ("calls", "app/base/x.c", c("void f (void) { system (a); }\n"), "system"),
    ("calls", "app/ui/x.c", c("void f (void) { textdomain (a); }\n"), "textdomain"),
    ("calls", "app/store/x.c", c("void f (void) { time (NULL); }\n"), "ask the LyktaClock"),
    ("calls", "app/store/x.c", c("void f (void) { lykta_x_get_default (); }\n"), "no global accessors"),
    ("calls", "app/store/x.c", c('void f (void) { g_strdup_printf ("SELECT %s FROM a", b); }\n'), "never format SQL"),
    ("calls", "app/base/x.c", c("void f (void) { goto out; }\n"), "goto"),
    ("calls", "tests/base/x.c", c("void f (void) { g_usleep (1); }\n"), "wait for the effect"),
    ("calls", "tests/base/x.c", c("void f (void) { g_timeout_add (1, f, 0); }\n"), "lykta_test_run_until"),
    ("words", "app/base/x.c", c("/* see /" + "work/x */\n"), "a path of one machine"),
    ("words", "README.md", "from https://registry." + "npmjs.org/x\n", "a package registry"),
    ("words", "NEWS", "TO" + "DO\n", "an unfinished thought"),
    ("files", "app/base/x.c", c("int a;\r\n"), "carriage returns"),
    ("files", "README.md", "no end", "no line feed"),
    ("ui", "resources/ui/x.ui", "<interface>", "no element found"),
    ("ui", "resources/ui/x.ui", ui('<property name="halign">left</property>'), "start and end"),
    ("ui", "resources/ui/x.ui", ui('<property name="margin-left">6</property>'), "start and end"),
    ("ui", "resources/ui/x.ui", ui('<property name="label">Go back</property>'), "not translatable"),
    ("ui", "resources/ui/x.ui", ui('<property name="label" translatable="yes"></property>'), "an empty text"),
    ("ui", "resources/ui/x.ui", ui('<signal name="clicked" handler="f"/>'), "an action"),
    ("links", "README.md", "[page](docs/none.md)\n", "does not exist"),
    ("version", "NEWS", "Lykta 0.0.9\n", "does not begin with 0.1.0"),
    ("layout", "app/base/x.c", c("int  a ;\n"), "x.c"),
    ("shell", "x.sh", "#!/bin/sh\necho $1\n", "SC2086"),
    ("python", "x.py", "def f(:\n", "x.py"),
    ("man", "data/man/x.1", ".Dd November 22, 2026\n.Dt X 1\n.Os\n.Sh NAME\n.Nm x\n.Nd page\n.Xx\n", "unknown macro"),
    ("schema", "data/x.gschema.xml", "<schemalist><schema/></schemalist>\n", "schema"),
    ("flatpak", "flatpak/x.yml", "modules: [\n", "flatpak"),
]


def problems(rule, root):
    try:
        return list(CHECKS[rule](Tree(root)))
    except tools.Skip as reason:
        return reason


def plant(root, name, content):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8"))


def main(layout):
    failures = 0
    print(f"1..{len(PLANTED)}")
    for number, (rule, name, content, expected) in enumerate(PLANTED, 1):
        with tempfile.TemporaryDirectory(prefix="lykta-lint-") as folder:
            root = pathlib.Path(folder)
            for good_name, good_content in GOOD.items():
                plant(root, good_name, good_content)
            shutil.copy(layout, root / ".clang-format")
            before = problems(rule, root)
            plant(root, name, content)
            after = problems(rule, root)
        if isinstance(after, tools.Skip):
            print(f"ok {number} {rule}: {expected} # SKIP {after}")
            continue
        is_named = any(expected in problem for problem in after)
        failures += not is_named or bool(before)
        print(f"{'ok' if is_named and not before else 'not ok'} {number} {rule}: {expected}")
        if before or not is_named:
            print(f"  clean tree: {before}\n  planted: {after}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
