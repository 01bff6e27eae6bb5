#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes through the program as a screen reader does: by names and actions alone, never by sight.

On every screen each thing that can take the focus must have a name, and an activity must be reachable
from the first screen by pressing buttons. Needs a display and a session bus of its own.

  walk.py BUILD
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

SKIP = 77
TIMEOUT = 20.0
PRESS_GAP = 0.4  # GTK 4.8 swallows a second press that comes sooner

# AT-SPI warns of harmless things (a cache that GTK does not have), which must not end this script;
# the program under test goes on being told to take warnings for errors.
G_DEBUG = os.environ.pop("G_DEBUG", None)

try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
except (ImportError, ValueError):
    print("1..0 # SKIP AT-SPI is not installed")
    sys.exit(SKIP)

# What may take the focus without being a control of its own: frames around the content.
FRAMES = {Atspi.Role.FRAME, Atspi.Role.APPLICATION, Atspi.Role.WINDOW}


def children(node):
    try:
        return [child for child in (node.get_child_at_index(i) for i in range(node.get_child_count())) if child]
    except GLib.Error:
        return []


def walk(node, depth=0):
    yield node
    if depth < 60:
        for child in children(node):
            yield from walk(child, depth + 1)


def has(node, state):
    try:
        return node.get_state_set().contains(state)
    except GLib.Error:
        return False


def hear():
    """Takes in what the bus has told meanwhile; without that, the tree would stay as it was first seen."""
    while GLib.MainContext.default().iteration(False):
        pass


def wait_for(what, find):
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        hear()
        found = find()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited in vain for {what}")


def find_application(pid):
    desktop = Atspi.get_desktop(0)
    for application in children(desktop):
        try:
            if application.get_process_id() == pid and application.get_child_count() > 0:
                return application
        except GLib.Error:
            continue
    return None


def is_shown(node):
    # GTK 4.8 says SHOWING of windows alone; what is hidden it does not name at all.
    return has(node, Atspi.StateType.VISIBLE)


def buttons(application):
    roles = {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON}
    for node in walk(application):
        if node.get_role() in roles and is_shown(node):
            yield node


def press(node):
    actions = node.get_action_iface()
    assert actions is not None and actions.get_n_actions() > 0, f"“{node.get_name()}” has no action"
    assert actions.do_action(0), f"“{node.get_name()}” could not be pressed"
    time.sleep(PRESS_GAP)


def press_named(application, name):
    press(wait_for(f"a button “{name}”", lambda: next((b for b in buttons(application) if name in b.get_name()), None)))


def unnamed(application):
    """Everything on the screen that takes the focus or can be pressed and has no name."""
    for node in walk(application):
        if node.get_role() in FRAMES or not is_shown(node):
            continue
        actions = node.get_action_iface()
        is_control = has(node, Atspi.StateType.FOCUSABLE) or (actions is not None and actions.get_n_actions() > 0)
        if is_control and not (node.get_name() or "").strip():
            yield node


class Walk:
    def __init__(self, application):
        self.application = application
        self.number = 0
        self.failures = 0

    def check(self, screen):
        self.number += 1
        nodes = sum(1 for _ in walk(self.application))
        nameless = [f"{node.get_role_name()} in {node.get_parent().get_role_name()}" for node in unnamed(self.application)]
        self.failures += bool(nameless)
        print(f"{'not ok' if nameless else 'ok'} {self.number} {screen}: {nodes} nodes")
        for line in nameless:
            print(f"# has no name: {line}")

    def go(self):
        app = self.application
        wait_for("the choice of language", lambda: any("English" in b.get_name() for b in buttons(app)))
        self.check("language")
        press_named(app, "English")
        wait_for("the home screen", lambda: any("All activities" in b.get_name() for b in buttons(app)))
        # The sample calendar is read after the first frame.
        wait_for("cards on the home screen", lambda: sum(1 for _ in buttons(app)) > 24)
        self.check("home")
        press_named(app, "All activities")
        wait_for("the list", lambda: any("All days" in b.get_name() for b in buttons(app)))
        self.check("list")
        press_named(app, "Choose a day")
        wait_for("the month", lambda: any("The month after" in b.get_name() for b in buttons(app)))
        self.check("days")
        press_named(app, "Back")
        wait_for("the list after the month", lambda: any("All days" in b.get_name() for b in buttons(app)))
        press_named(app, "Another place")
        wait_for("the places", lambda: any("Stockholms län" in b.get_name() for b in buttons(app)))
        self.check("places")
        press_named(app, "Back")
        wait_for("the list after the places", lambda: any("All days" in b.get_name() for b in buttons(app)))
        card = wait_for("a card", lambda: next((b for b in buttons(app) if b.get_name().count(",") >= 3), None))
        title = card.get_name()
        press(card)
        wait_for("the activity", lambda: not any("All days" in b.get_name() for b in buttons(app)))
        self.check(f"activity ({title.split(',')[0]})")
        press_named(app, "Back")
        wait_for("the list again", lambda: any("All days" in b.get_name() for b in buttons(app)))
        press_named(app, "Invented examples")
        self.check("about")
        press_named(app, "Choose language")
        press_named(app, "Svenska")
        self.check("about in Swedish")


def main(build):
    if not os.environ.get("DISPLAY"):
        print("1..0 # SKIP there is no display")
        return SKIP
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") or os.environ["DBUS_SESSION_BUS_ADDRESS"] == "disabled:":
        command = ["dbus-run-session", "--", sys.executable, __file__, str(build)]
        os.execvpe(command[0], command, dict(os.environ, G_DEBUG=G_DEBUG) if G_DEBUG else os.environ)
    environment = dict(os.environ, LYKTA_LOCALE_DIR=str(build / "po"), GSETTINGS_SCHEMA_DIR=str(build / "data"))
    environment["GSETTINGS_BACKEND"] = "memory"
    environment.pop("GTK_A11Y", None)
    if G_DEBUG:
        environment["G_DEBUG"] = G_DEBUG
    with tempfile.TemporaryDirectory(prefix="lykta-walk-") as folder:
        # The bus stands before the program comes; when both call for it at once, one is not heard.
        Atspi.init()
        children(Atspi.get_desktop(0))
        program = subprocess.Popen([build / "app" / "lykta", "--data-dir", folder], env=environment)
        try:
            application = wait_for("the program on the accessibility bus", lambda: find_application(program.pid))
            walk_through = Walk(application)
            walk_through.go()
            print(f"1..{walk_through.number}")
            assert program.poll() is None, "the program ended by itself"
            return 1 if walk_through.failures else 0
        finally:
            program.terminate()
            program.wait(10)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
