# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays what a program did to a folder, as the shim wrote it down, up to a moment at which the power is cut: what was not
synced may have come to the disk, in part or in pieces, or not at all; names too, which are on the disk only when their
folder is."""
import os

SECTOR = 512


class Operation:
    __slots__ = ("op", "opened", "offset", "path", "data")

    def __init__(self, op, opened, offset, path, data):
        self.op, self.opened, self.offset, self.path, self.data = op, opened, offset, path, data


def read_log(path):
    """Marks are written between runs by note_mark()."""
    operations = []
    with open(path, "rb") as file:
        while True:
            line = file.readline()
            if not line:
                return operations
            op, process, opened, offset, path_length, size = line.split()
            name = file.read(int(path_length)).decode()
            operations.append(Operation(op.decode(), (int(process), int(opened)), int(offset), name, file.read(int(size))))


def note_mark(path, number):
    with open(path, "ab") as file:
        file.write(b"! 0 0 %d 0 0\n" % number)


class Content:
    """What a name stands for: bytes on the disk, and changes that may not be there yet. A folder has no bytes."""

    def __init__(self, data=b"", is_folder=False):
        self.data = bytearray(data)
        self.pending = []
        self.is_folder = is_folder


def change(data, operation, pieces=None):
    """`pieces`: dice that decide which sectors of a write arrive."""
    if operation.op == "T":
        if operation.offset < len(data):
            del data[operation.offset:]
        else:
            data.extend(bytes(operation.offset - len(data)))
        return
    for start in range(0, len(operation.data), SECTOR if pieces else len(operation.data)):
        part = operation.data[start:start + SECTOR] if pieces else operation.data
        if pieces and pieces.random() < 0.5:
            continue
        at = operation.offset + start
        if at + len(part) > len(data):
            data.extend(bytes(at + len(part) - len(data)))
        data[at:at + len(part)] = part


def rename(names, change_of_names):
    """Applies ("add", path, content), ("del", path) or ("move", from, to) to a dictionary of names."""
    kind, path, other = change_of_names
    if kind == "add":
        names[path] = other
    elif kind == "del":
        names.pop(path, None)
    elif path in names:
        inside = [name for name in names if name.startswith(path + "/")]
        for name in inside:
            names[other + name[len(path):]] = names.pop(name)
        names[other] = names.pop(path)


class Disk:
    """One folder. `seen` is what the program sees; `names` what is on the disk, without the pending changes."""

    def __init__(self, folder):
        self.top = folder
        self.names = {}
        for path, folders, files in os.walk(folder):
            self.names[path] = Content(is_folder=True)
            for name in files:
                with open(os.path.join(path, name), "rb") as file:
                    self.names[os.path.join(path, name)] = Content(file.read())
        self.seen = dict(self.names)
        self.pending = []
        self.opened = {}

    def change_names(self, *change_of_names):
        rename(self.seen, change_of_names)
        self.pending.append(change_of_names)

    def sync_folder(self, path):
        still = []
        for change_of_names in self.pending:
            if os.path.dirname(change_of_names[1]) == path:
                rename(self.names, change_of_names)
            else:
                still.append(change_of_names)
        self.pending = still

    def open(self, operation):
        content = self.seen.get(operation.path)
        if content is None:
            content = Content()
            self.change_names("add", operation.path, content)
        elif operation.offset:
            content.pending.append(Operation("T", None, 0, "", b""))
        self.opened[operation.opened] = (content, operation.path)

    def play(self, operation):
        if operation.op == "O":
            self.open(operation)
        elif operation.op in "WT":
            self.opened[operation.opened][0].pending.append(operation)
        elif operation.op == "S":
            content, path = self.opened[operation.opened]
            if content.is_folder:
                self.sync_folder(path)
            for pending in content.pending:
                change(content.data, pending)
            content.pending = []
        elif operation.op == "U":
            self.change_names("del", operation.path, None)
        elif operation.op == "M":
            self.change_names("add", operation.path, Content(is_folder=True))
        elif operation.op == "R":
            self.change_names("move", operation.path, operation.data.decode())

    def surviving_names(self, dice):
        """A file system with a journal keeps the order of names; one without may lose any of them."""
        keep = [change_of_names for change_of_names in self.pending]
        if dice.random() < 0.6:
            keep = keep[:dice.randrange(len(keep) + 1)]
        else:
            keep = [change_of_names for change_of_names in keep if dice.random() < 0.5]
        names = dict(self.names)
        for change_of_names in keep:
            rename(names, change_of_names)
        return names

    def surviving_data(self, content, dice):
        data = bytearray(content.data)
        mood = dice.random()
        for operation in content.pending:
            if mood < 0.2 or mood >= 0.4 and dice.random() < 0.5:
                torn = mood >= 0.4 and len(operation.data) > SECTOR and dice.random() < 0.3
                change(data, operation, dice if torn else None)
        return data

    def cut(self, target, dice):
        """Writes into `target` what is there after a cut now."""
        names = self.surviving_names(dice)
        os.makedirs(target)
        for path in sorted(names):
            content = names[path]
            place = target + path[len(self.top):]
            # A name in a folder that was lost is lost with it.
            if content.is_folder or not os.path.isdir(os.path.dirname(place)):
                if content.is_folder and os.path.isdir(os.path.dirname(place)) and not os.path.isdir(place):
                    os.mkdir(place)
                continue
            data = self.surviving_data(content, dice)
            if path.endswith("-shm"):
                # Memory shared between processes: after a cut there may be anything in it.
                data = dice.randbytes(len(data)) if dice.random() < 0.5 else data
            with open(place, "wb") as file:
                file.write(data)
