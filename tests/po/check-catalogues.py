#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with the catalogues without knowing their languages.

  check-catalogues.py sound ROOT        placeholders, plural forms, files missing from POTFILES
  check-catalogues.py complete ROOT     every text is there in each language that says it is complete
  check-catalogues.py stats ROOT        how much of each language there is
"""

import pathlib
import re
import subprocess
import sys
import tempfile

KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "dngettext:2,3"]
# What marks a text for translation, in C and in interface files.
MARKED_C = re.compile(r'(?<![\w])(?:_|N_|C_|NC_|ngettext)\s*\(\s*"')
MARKED_UI = re.compile(r"translatable=[\"']yes[\"']")
PLACEHOLDER = re.compile(r"%(?:\d+\$)?[-+ 0#']*(?:\d+|\*)?(?:\.\d+)?(?:hh|h|ll|l|z|j|t|q)?[diouxXeEfgGcspn]")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
GOOD_REVIEWS = {"machine-drafted"}
# What only operators read, on a command line or in a software catalogue: needed in English and Swedish.
OPERATOR_FILES = re.compile(r"app/tool/|app/ui/lykta-(?:application|run-options)\.c|data/.*\.metainfo\.xml\.in")
OPERATOR_LANGUAGES = {"sv"}


class Entry:
    def __init__(self):
        self.context = None
        self.id = ""
        self.plural = None
        self.texts = {}
        self.is_fuzzy = False
        self.line = 0

    @property
    def key(self):
        return (self.context, self.id)

    @property
    def is_translated(self):
        return not self.is_fuzzy and self.texts and all(self.texts.values())


def unquote(text):
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[0]), text)


def read_po(path):
    """Entries of a .po or .pot file; obsolete ones are left out."""
    entries, entry, field, is_fuzzy = [], None, None, False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("#,") and "fuzzy" in line:
            is_fuzzy = True
        match = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+"(.*)"$', line)
        if match:
            field, text = match[1], unquote(match[2])
            if field == "msgctxt" or field == "msgid" and (entry is None or entry.texts or entry.context is None):
                entry = Entry()
                entry.line, entry.is_fuzzy, is_fuzzy = number, is_fuzzy, False
                entries.append(entry)
            add(entry, field, text)
        elif line.startswith('"') and line.endswith('"') and entry is not None:
            add(entry, field, unquote(line[1:-1]))
    return entries


def add(entry, field, text):
    if field == "msgctxt":
        entry.context = (entry.context or "") + text
    elif field == "msgid":
        entry.id += text
    elif field == "msgid_plural":
        entry.plural = (entry.plural or "") + text
    else:
        index = int(field[7:-1]) if field != "msgstr" else 0
        entry.texts[index] = entry.texts.get(index, "") + text


def header_of(entries):
    for entry in entries:
        if entry.id == "" and entry.context is None:
            return dict(line.split(": ", 1) for line in entry.texts[0].splitlines() if ": " in line)
    return {}


def placeholders(text):
    """Placeholders in the order of their arguments: '%2$s %1$d' and '%d %s' are the same."""
    found = []
    for position, match in enumerate(PLACEHOLDER.finditer(text.replace("%%", "")), 1):
        numbered = re.match(r"%(\d+)\$", match[0])
        kind = re.sub(r"^%(?:\d+\$)?[-+ 0#']*(?:\d+|\*)?(?:\.\d+)?", "", match[0])
        found.append((int(numbered[1]) if numbered else position, kind))
    return sorted(set(found))


def names_in(path):
    return [line for line in map(str.strip, path.read_text(encoding="utf-8").splitlines()) if line and line[0] != "#"]


def languages(root):
    return [name for line in names_in(root / "po/LINGUAS") for name in line.split()]


def complete_languages(root):
    """The table in the program is the one that counts."""
    source = (root / "app/text/lykta-language.c").read_text(encoding="utf-8")
    table = re.search(r"complete\[\]\s*=\s*\{([^}]*)\}", source)
    tags = re.findall(r'"([^"]+)"', table[1])
    spelling = {"sv-x-easy": "sv@easy", "fa-AF": "fa_AF"}
    return [spelling.get(tag, tag) for tag in tags if tag != "en"]


def extract(root, for_operators=True):
    """What the program asks for now, straight from the sources."""
    files = [name for name in names_in(root / "po/POTFILES.in") if (root / name).exists()]
    if not for_operators:
        files = [name for name in files if not OPERATOR_FILES.match(name)]
    if not files:
        return []
    with tempfile.TemporaryDirectory() as folder:
        pot = pathlib.Path(folder) / "lykta.pot"
        command = ["xgettext", "--from-code=UTF-8", "--output", str(pot)]
        command += [f"--keyword={keyword}" for keyword in KEYWORDS]
        subprocess.run(command + files, cwd=root, check=True)
        return [entry for entry in read_po(pot) if entry.id] if pot.exists() else []


def check_sources(root):
    listed = set(names_in(root / "po/POTFILES.in"))
    for name in sorted(listed):
        if not (root / name).exists():
            yield f"po/POTFILES.in: {name} does not exist"
    for folder in ("app", "resources", "data"):
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            marked = {".c": MARKED_C, ".h": MARKED_C, ".ui": MARKED_UI}.get(path.suffix)
            if marked is None or name in listed or name == "app/text/lykta-gettext.h":
                continue
            if marked.search(path.read_text(encoding="utf-8")):
                yield f"{name}: has texts for people but is not in po/POTFILES.in"


def check_entry(entry, n_plurals):
    sources = [entry.id] + ([entry.plural] if entry.plural is not None else [])
    if entry.plural is not None and len(entry.texts) != n_plurals:
        yield f"has {len(entry.texts)} plural forms, not {n_plurals}"
    for index, text in sorted(entry.texts.items()):
        wanted = placeholders(sources[-1])
        got = placeholders(text)
        # A form for one or two may say the number in words.
        may_leave_out = entry.plural is not None and len(wanted) == 1 and not got
        if text and got != wanted and not may_leave_out and got != placeholders(entry.id):
            yield f"placeholders differ in “{text}”"
        if text and entry.id.endswith("\n") != text.endswith("\n"):
            yield "a line feed at the end is missing or too many"


def check_catalogue(path):
    name = path.name
    result = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", str(path)], capture_output=True, text=True, check=False
    )
    for line in result.stderr.splitlines() if result.returncode else []:
        yield line.replace(str(path), name)
    entries = read_po(path)
    header = header_of(entries)
    plural = re.match(r"nplurals=(\d+);", header.get("Plural-Forms", ""))
    if not plural:
        yield f"{name}: no Plural-Forms"
        return
    if header.get("X-Lykta-Review", "machine-drafted") not in GOOD_REVIEWS:
        yield f"{name}: X-Lykta-Review is neither machine-drafted nor away"
    for entry in entries:
        if not entry.id or entry.is_fuzzy or not any(entry.texts.values()):
            continue
        for problem in check_entry(entry, int(plural[1])):
            yield f"{name}:{entry.line}: {problem}"


def check_sound(root):
    yield from check_sources(root)
    known = set(languages(root))
    for path in sorted((root / "po").glob("*.po")):
        if path.stem not in known:
            yield f"po/{path.name}: not in LINGUAS"
    for language in languages(root):
        path = root / f"po/{language}.po"
        if path.exists():
            yield from (f"po/{problem}" for problem in check_catalogue(path))
        else:
            yield f"po/LINGUAS: {language}.po does not exist"
    for language in complete_languages(root):
        if language not in known:
            yield f"po/LINGUAS: {language} is said to be complete but is not there"


def check_complete(root):
    everything, visible = extract(root), extract(root, for_operators=False)
    for language in complete_languages(root):
        wanted = everything if language in OPERATOR_LANGUAGES else visible
        have = {entry.key: entry for entry in read_po(root / f"po/{language}.po")}
        for entry in wanted:
            found = have.get(entry.key)
            if found is None or not found.is_translated or found.plural != entry.plural:
                where = f" ({entry.context})" if entry.context else ""
                yield f"po/{language}.po: no translation of “{entry.id}”{where}"


def stats(root):
    everything, visible = extract(root), extract(root, for_operators=False)
    for language in languages(root):
        wanted = everything if language in OPERATOR_LANGUAGES else visible
        have = {entry.key: entry for entry in read_po(root / f"po/{language}.po")}
        n = sum(1 for entry in wanted if entry.key in have and have[entry.key].is_translated)
        print(f"{language}: {n} of {len(wanted)}")


def main():
    what, root = sys.argv[1], pathlib.Path(sys.argv[2])
    if what == "stats":
        stats(root)
        return 0
    problems = list({"sound": check_sound, "complete": check_complete}[what](root))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
