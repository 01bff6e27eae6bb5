# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder in which edition 1 of a kind of source lies (or nothing, before a first refresh), and what it looks like before
and after the refresh to edition 2 that is going to be disturbed."""
import sys

import bench as b


class Prepared:
    def __init__(self, kind, first, template, old, new, sample, n, n_reads):
        self.kind = kind
        self.sample = sample  # what stands in when a first refresh fails
        self.first = first
        self.template = template
        self.old, self.new = old, new
        self.n, self.n_reads = n, n_reads  # calls that change something, and that read

    @property
    def options(self):
        return self.kind.options if self.first else ()


def succeed(bench, kind, folder, edition, options=(), **crash):
    ran = bench.sync(folder, edition, options, **crash)
    if ran.code != 0:
        sys.exit("%s: %s" % (kind.name, ran.said))
    return ran


def prepare(bench, kind, first, **crash):
    template = bench.new_folder()
    kind.serve(1)
    if not first:
        succeed(bench, kind, template, 1, kind.options)
    old = bench.look(bench.new_folder(like=template), 1)
    kind.serve(2)
    options = kind.options if first else ()
    after = bench.new_folder(like=template)
    n = bench.count_calls(succeed(bench, kind, after, 2, options, **crash))
    n_reads = bench.count_calls(succeed(bench, kind, bench.new_folder(like=template), 2, options, reads=1))
    new = bench.look(after, 2)
    sample = None
    if first:
        nothing = bench.new_folder()
        bench.sync(nothing, 2, ["--source", bench.root + "/nothing.ics"])
        sample = bench.look(nothing, 2)
    if b.same(old, new) or old["wrong"] or new["wrong"]:
        sys.exit("%s: the editions do not serve: %s %s" % (kind.name, old["wrong"], new["wrong"]))
    return Prepared(kind, first, template, old, new, sample, n, n_reads)
