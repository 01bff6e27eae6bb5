# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules about everything that is not C: words, interface files, pages, versions."""

import re
import xml.etree.ElementTree

from tree import line_of

# Each pattern is written so that it does not match itself.
FOREIGN_WORDS = [
    (r"(?<![\w.])/wor[k]/", "a path of one machine"),
    (r"\b(?:registry\.npmjs|pyp[i]\.org|pythonhosted\.[o]rg|crates\.i[o]|rubygems\.[o]rg|deb\.debian\.[o]rg|proxy\.golang\.[o]rg)", "a package registry"),
    (r"\b(?:TOD[O]|FIXM[E]|XX[X])\b", "an unfinished thought: finish it, or write down what is not done and why"),
]
MAX_BYTES = 2 * 1024 * 1024
VISIBLE = {"label", "title", "subtitle", "description", "tooltip-text", "placeholder-text", "heading", "body"}
SIDES = re.compile(r"(?:^|-)(?:left|right)$")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def check_words(tree):
    for name in tree.files:
        text = tree.text(name)
        if name == "COPYING" or name.endswith((".ics", ".po", ".pot")):
            continue
        for pattern, why in FOREIGN_WORDS:
            for match in re.finditer(pattern, text):
                yield f"{name}:{line_of(text, match.start())}: {match[0]}: {why}"


def check_files(tree):
    for name in tree.files:
        if (tree.root / name).stat().st_size > MAX_BYTES:
            yield f"{name}: larger than {MAX_BYTES} bytes"
    for name in tree.c_files() + tree.select(".py", ".ui", ".xml", ".md", ".css", "meson.build"):
        text = tree.text(name)
        if "\r" in text:
            yield f"{name}: carriage returns"
        if text and not text.endswith("\n"):
            yield f"{name}: no line feed at the end"


def _check_property(element):
    prop, text = element.get("name", "").replace("_", "-"), (element.text or "").strip()
    if SIDES.search(prop) or (prop in ("halign", "justify") and SIDES.search(text)):
        yield f"{prop} {text}: start and end, never left and right"
    if prop in VISIBLE and re.search(r"[^\W\d_]{2}", text) and element.get("translatable") != "yes":
        yield f"{prop} “{text}” is not translatable"


def check_ui(tree):
    """Interface files: well-formed, whole in every language and direction, no styles inside."""
    for name in tree.select(".ui"):
        try:
            root = xml.etree.ElementTree.fromstring(tree.text(name))
        except xml.etree.ElementTree.ParseError as error:
            yield f"{name}: {error}"
            continue
        for element in root.iter():
            if element.tag == "property":
                for problem in _check_property(element):
                    yield f"{name}: {problem}"
            if element.get("translatable") and not (element.text or "").strip():
                yield f"{name}: an empty text is marked translatable"
            if element.tag == "signal" and element.get("name") == "clicked":
                yield f"{name}: an action, not a clicked handler"
            if element.get("style") is not None or "{" in (element.text or "") and "css" in element.get("name", ""):
                yield f"{name}: styles stand in the style sheet"


def check_links(tree):
    """Pages point only at files that exist."""
    for name in tree.select(".md"):
        for match in LINK.finditer(tree.text(name)):
            target = (tree.root / name).parent / match[1]
            if not target.exists():
                yield f"{name}:{line_of(tree.text(name), match.start())}: {match[1]} does not exist"


def check_version(tree):
    """One version in meson.build, NEWS and the metainfo."""
    version = re.search(r"^\s*version: '([^']+)'", tree.text("meson.build"), re.M)
    if not version:
        yield "meson.build: no version"
        return
    if version[1] not in tree.text("NEWS").split("\n", 1)[0]:
        yield f"NEWS:1: does not begin with {version[1]}"
    for name in tree.select(".metainfo.xml.in"):
        if f'<release version="{version[1]}"' not in tree.text(name):
            yield f"{name}: no release {version[1]}"


CHECKS = {
    "words": check_words,
    "files": check_files,
    "ui": check_ui,
    "links": check_links,
    "version": check_version,
}
