# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that other programs know better: layout, desktop files, man pages, scripts."""

import os
import pathlib
import re
import shutil
import subprocess


class Skip(Exception):
    """The program that knows the rule is not installed."""


def run(*argv, cwd=None):
    """Lines of output when the program is not content."""
    if shutil.which(argv[0]) is None:
        raise Skip(f"no such command: {argv[0]}")
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=cwd, env=environment)
    if done.returncode == 0:
        return []
    return ((done.stdout + done.stderr).strip() or f"{argv[0]} gave {done.returncode}").split("\n")


def check_layout(tree):
    files = tree.c_files()
    return run("clang-format", "--dry-run", "-Werror", *files, cwd=tree.root) if files else []


def check_shell(tree):
    files = tree.scripts("bash", "/bin/sh")
    return run("shellcheck", *files, cwd=tree.root) if files else []


def check_python(tree):
    for name in sorted(set(tree.select(".py") + tree.scripts("python"))):
        try:
            compile(tree.text(name), name, "exec")
        except SyntaxError as error:
            yield f"{name}:{error.lineno}: {error.msg}"


def check_man(tree):
    for name in tree.select(".1", ".5", under="data/man/"):
        yield from run("mandoc", "-Tlint", "-Wwarning", name, cwd=tree.root)


def check_schema(tree):
    if tree.select(".gschema.xml"):
        yield from run("glib-compile-schemas", "--strict", "--dry-run", "data", cwd=tree.root)


def check_flatpak(tree):
    for name in tree.select(".yml", under="flatpak/"):
        yield from run("flatpak-builder", "--show-manifest", name, cwd=tree.root)


def built(tree, suffix):
    build = pathlib.Path(os.environ.get("LYKTA_BUILD_ROOT", tree.root)) / "data"
    return sorted(str(path) for path in build.glob("*" + suffix))


def check_desktop(tree):
    """The desktop files as they are installed, with their translations merged in."""
    for path in built(tree, ".desktop"):
        yield from run("desktop-file-validate", path)
    for path in built(tree, ".metainfo.xml"):
        yield from run("appstreamcli", "validate", "--no-net", path)
        yield from run("appstream-util", "validate-relax", "--nonet", path)
    for path in built(tree, ".service"):
        if not re.search(r"^\[D-BUS Service\]\nName=(\S+)\nExec=(/\S+) --gapplication-service$", pathlib.Path(path).read_text(), re.M):
            yield f"{path}: not a D-Bus service that starts Lykta by its full path"


def check_link_units(tree):
    """The core needs no screen: neither it nor the tool is linked with GTK, and the core not with Pango."""
    build = pathlib.Path(os.environ.get("LYKTA_BUILD_ROOT", tree.root))
    for name, foreign in (("tests/lint/core-probe", r"gtk|gdk|adwaita|pango|cairo|qrencode"), ("app/lyktactl", r"gtk-4|adwaita")):
        if not (build / name).exists():
            continue
        done = subprocess.run(["ldd", str(build / name)], capture_output=True, text=True, check=False)
        for line in done.stdout.splitlines():
            if re.search(rf"^\s*lib(?:{foreign})", line):
                yield f"{name} is linked with {line.strip().split(' ')[0]}"


CHECKS = {
    "layout": check_layout,
    "shell": check_shell,
    "python": check_python,
    "man": check_man,
    "schema": check_schema,
    "flatpak": check_flatpak,
    "desktop": check_desktop,
    "link-units": check_link_units,
}
