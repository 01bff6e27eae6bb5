# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the repository, and C source with its comments and strings blanked."""

import functools
import pathlib
import re
import subprocess

SKIPPED = re.compile(r"^(build[^/]*|\.git)(/|$)")
_COMMENT_OR_TEXT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def _blank(match, keep_strings):
    text = match[0]
    if text[0] in "\"'":
        return text if keep_strings else text[0] + " " * (len(text) - 2) + text[-1]
    return re.sub(r"[^\n]", " ", text)


class Tree:
    """A repository or, in the self-test, a folder that looks like one."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.files = sorted(self._list())
        self.text = functools.lru_cache(maxsize=None)(self._text)

    def _list(self):
        listing = subprocess.run(
            ["git", "-C", str(self.root), "ls-files", "-z"], capture_output=True, text=True, check=False
        )
        if listing.returncode == 0 and (self.root / ".git").exists():
            names = [name for name in listing.stdout.split("\0") if name]
        else:
            names = [str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()]
        return [name for name in names if not SKIPPED.match(name) and (self.root / name).is_file()]

    def _text(self, name):
        try:
            return (self.root / name).read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            return ""

    def select(self, *suffixes, under=""):
        return [name for name in self.files if name.endswith(suffixes) and name.startswith(under)]

    def c_files(self, under=""):
        return self.select(".c", ".h", under=under)

    def scripts(self, *interpreters):
        """Executable text whose first line names one of the interpreters."""
        return [
            name
            for name in self.files
            if self.text(name).startswith("#!") and any(i in self.text(name).split("\n", 1)[0] for i in interpreters)
        ]

    def code(self, name, keep_strings=False):
        """Text of a C file with comments (and the inside of strings) blanked, lines kept."""
        return _COMMENT_OR_TEXT.sub(lambda match: _blank(match, keep_strings), self.text(name))


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1
