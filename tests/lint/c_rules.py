# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules about C: who may include whom, sizes, calls that have no place here."""

import re

from tree import line_of

LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */"
MAX_FILE_LINES = 800
MAX_FUNCTION_LINES = 80
ARCHITECTURE = "app/ARCHITECTURE.md"

# Who may call what, by pattern: (pattern, rooms where it is at home, why not elsewhere).
# "tests" stands for everything in tests/ but tests/support.
BANNED = [
    (r"\b(?:strcpy|strcat|sprintf|vsprintf|gets|strtok|tmpnam|mktemp|alloca|g_alloca)\s*\(", (), "writes without a limit"),
    (r"\b(?:atoi|atol|atof)\s*\(", (), "cannot tell a number from a mistake: g_ascii_string_to_signed"),
    (r"(?<![\w>.])(?:system|popen)\s*\(", (), "a shell between us and a program"),
    (r"(?<!\w)textdomain\s*\(", (), "one domain for the whole process: dgettext with our own"),
    (r"\bsetlocale\s*\(", ("text", "tests", "support"), "the locale is chosen once, at start"),
    (r"\b(?:g_)?(?:setenv|unsetenv|putenv)\s*\(", ("text", "ui", "tool", "tests", "support"), "not safe beside threads"),
    (r"(?<!\w)(?:g_usleep|sleep|usleep|nanosleep)\s*\(", ("support",), "wait for the effect, not for a while"),
    (r"\bg_timeout_add\w*\s*\(", ("base", "text", "model", "trust", "feed", "certificate", "store", "net", "print",
                                  "sync", "session", "paper", "desk", "takeaway", "ui", "tool", "support"),
     "a test waits with lykta_test_run_until"),
    (r"\b(?:lykta_\w+_get_(?:default|instance)|g_application_get_default)\s*\(", (), "no global accessors"),
    (r"\b(?:g_get_real_time|g_date_time_new_now\w*|gettimeofday)\s*\(|(?<![\w>.])time\s*\((?:NULL|0|&)",
     ("base", "tests", "support"), "ask the LyktaClock"),
    (r"\b(?:g_random_\w+|g_rand_new|rand|srand|random|getrandom)\s*\(", ("base", "tests", "support"), "ask the LyktaRandom"),
    (r"\b(?:g_print|g_printerr|printf|puts|fprintf)\s*\(", ("ui", "tool", "tests", "support"), "no output from here"),
    (r"\b(?:exit|_exit|abort)\s*\(", ("tests", "support"), "no ending the process from here"),
    (r"\bgoto\b", (), "g_autoptr frees"),
    (r"\bgtk_css_provider_load_from_data\s*\(", (), "styles stand in the style sheet"),
    (r"\bsqlite3_mprintf\s*\(", (), "bind values, never format SQL"),
]
# Formatting that builds a statement; PRAGMAs cannot be bound and are let through.
FORMATTED_SQL = re.compile(
    r"\b(?:g_strdup_printf|g_string_(?:append_)?printf|g_snprintf|snprintf)\s*\([^;]*?"
    r'"[^"\n]*\b(?:SELECT\b[^"]*\bFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|ATTACH)\b'
)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<([^>]+)>)', re.M)


def read_architecture(tree):
    """Rank of each room, link unit of each room, and the rooms of each header prefix, from the page."""
    text = tree.text(ARCHITECTURE)
    order = re.search(r"^((?:[a-z, ]+→)+[a-z, ]+)$", text, re.M)
    ranks = {}
    if order:
        groups = [re.findall(r"[a-z]+", group) for group in order[1].split("→")]
        ranks = {room: rank for rank, group in enumerate(reversed(groups)) for room in group}
    units, homes = {}, {}
    for room, unit, _, headers in re.findall(r"^\| `(\w+)` \| (\w+) \|([^|]*)\|([^|]*)\|$", text, re.M):
        units[room] = unit
        for header in re.findall(r"`<([^`]+)`", headers):
            homes.setdefault(header, set()).add(room)
    return ranks, units, homes


def room_of(name):
    parts = name.split("/")
    if parts[0] == "app":
        return parts[1] if len(parts) > 2 else "app"
    if parts[0] == "tests":
        return "support" if len(parts) > 1 and parts[1] == "support" else "tests"
    return parts[0]


def check_architecture(tree):
    """The page names every room that exists, once in the order and once in the table."""
    ranks, units, _ = read_architecture(tree)
    rooms = {room_of(name) for name in tree.c_files("app/")}
    for room in sorted(rooms - {"app"}):
        if room not in ranks:
            yield f"{ARCHITECTURE}: room {room} has no place in the order of the layers"
        if room not in units:
            yield f"{ARCHITECTURE}: room {room} has no line in the table"
    for room in sorted(set(ranks) ^ set(units)):
        yield f"{ARCHITECTURE}: {room} stands in only one of order and table"


def check_layers(tree):
    """Includes go to the right only, with the room's name, and libraries stay in their rooms."""
    ranks, units, homes = read_architecture(tree)
    for name in tree.c_files("app/"):
        room, code = room_of(name), tree.code(name, keep_strings=True)
        for match in INCLUDE.finditer(code):
            where = f"{name}:{line_of(code, match.start())}"
            own, foreign = match[1], match[2]
            if own and own != "config.h":
                other = own.split("/")[0]
                if other not in ranks:
                    yield f'{where}: include of "{own}" does not begin with a room'
                elif other != room and ranks[other] >= ranks.get(room, -1):
                    yield f"{where}: {room} may not include {other}"
                elif units.get(room) == "core" and units.get(other) != "core":
                    yield f"{where}: {room} belongs to the core, {other} does not"
            for header, rooms in homes.items():
                if foreign and foreign.startswith(header.rstrip(">")) and room not in rooms:
                    yield f"{where}: <{foreign}> has its place in {', '.join(sorted(rooms))}, not in {room}"


def _check_functions(name, lines):
    """Functions stand between braces in the first column; tables of constants in them do not count."""
    start, in_table, count = None, False, 0
    for number, line in enumerate(lines, 1):
        if line.rstrip() == "{":
            start, count = number, 0
        elif line.rstrip() == "}" and start is not None:
            if count > MAX_FUNCTION_LINES:
                yield f"{name}:{start}: function of {count} lines, at most {MAX_FUNCTION_LINES}"
            start = None
        else:
            in_table = in_table or line.startswith("  static const ") and line.rstrip().endswith("{")
            count += not in_table
            in_table = in_table and not line.startswith("  };")


def check_sizes(tree):
    for name in tree.c_files():
        lines = tree.text(name).split("\n")
        if len(lines) - 1 > MAX_FILE_LINES:
            yield f"{name}: {len(lines) - 1} lines, at most {MAX_FILE_LINES}"
        yield from _check_functions(name, tree.code(name).split("\n"))


def check_licence(tree):
    for name in tree.c_files():
        if not tree.text(name).startswith(LICENCE + "\n"):
            yield f"{name}:1: does not begin with {LICENCE}"
    for name in sorted(set(tree.select(".py", ".css") + tree.scripts("sh", "python"))):
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in "".join(tree.text(name).splitlines(True)[:4]):
            yield f"{name}:1: no SPDX licence line"


def check_calls(tree):
    for name in tree.c_files("app/") + tree.c_files("tests/"):
        room, code = room_of(name), tree.code(name)
        for pattern, homes, why in BANNED:
            if room in homes:
                continue
            for match in re.finditer(pattern, code):
                yield f"{name}:{line_of(code, match.start())}: {match[0].strip(' (')}: {why}"
        text = tree.code(name, keep_strings=True)
        for match in FORMATTED_SQL.finditer(text):
            yield f"{name}:{line_of(text, match.start())}: bind values, never format SQL"


CHECKS = {
    "architecture": check_architecture,
    "layers": check_layers,
    "sizes": check_sizes,
    "licence": check_licence,
    "calls": check_calls,
}
