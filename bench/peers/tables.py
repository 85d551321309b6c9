# SPDX-License-Identifier: Apache-2.0
"""The tables of the comparison, in Markdown, from what was measured."""

import statistics

from floors import FLOORS, SCALING
from pytorch import CASES, GFLOPS

PYTORCH = "PyTorch"
PEAK = "peak"  # a line that SideBySide may print beside its cases: GFLOP/s of multiply-adds alone
TITLES = {"gemm": "Matrix products", "conv": "Convolutions", "train": "Training steps"}


class Speeds:
    """Medians over the rounds of the medians, by side, threads and case."""

    def __init__(self, results):
        rounds = {}
        for r in results:
            rounds.setdefault((r["side"], r["threads"], r["case"]), []).append(r["median"])
        self._speeds = {key: statistics.median(medians) for key, medians in rounds.items()}
        self.units = {r["case"]: r["unit"] for r in results}
        self.jdks = list(dict.fromkeys(r["side"] for r in results if r["side"] != PYTORCH))
        self.threads = sorted({r["threads"] for r in results})

    def of(self, side, threads, case):
        return self._speeds.get((side, threads, case))

    def ratio(self, jdk, threads, case):
        """Ours over PyTorch's; None where one is missing."""
        ours, peer = self.of(jdk, threads, case), self.of(PYTORCH, threads, case)
        return ours / peer if ours and peer else None

    def mean_ratio(self, jdk, threads, group):
        """The geometric mean over a group; None where a case is missing."""
        ratios = [self.ratio(jdk, threads, case) for case in CASES[group]]
        return statistics.geometric_mean(ratios) if all(ratios) else None

    def scaling(self, jdk, case):
        """2 threads over 1; None where one is missing."""
        one, two = self.of(jdk, 1, case), self.of(jdk, 2, case)
        return two / one if one and two else None


def row(cells):
    return "| " + " | ".join(cells) + " |"


def table(head, rows):
    """The first column is text, the others numbers."""
    return "\n".join([row(head), "|---|" + "---:|" * (len(head) - 1), *map(row, rows)]) + "\n"


def speed(value, unit):
    if value is None:
        return ""
    return f"{value:.1f}" if unit == GFLOPS else f"{value:,.0f}"


def count(number, noun):
    return f"{number} {noun}" + ("" if number == 1 else "s")


def hundredths(value):
    return "" if value is None else f"{value:.2f}"


def group_table(speeds, group, threads):
    """Every case that was measured, and the mean; None where there are no cases."""
    cases = [case for case in CASES[group] if speeds.of(PYTORCH, threads, case)]
    if not cases:
        return None
    unit = speeds.units[cases[0]]
    peaks = {jdk: speeds.of(jdk, threads, PEAK) for jdk in speeds.jdks} if unit == GFLOPS else {}
    head = ["case", PYTORCH]
    last = ["geometric mean", ""]
    for jdk in speeds.jdks:
        head += [jdk, "ratio"]
        last += ["", hundredths(speeds.mean_ratio(jdk, threads, group))]
        if peaks.get(jdk):
            head.append("% of peak")
            last.append("")
    rows = []
    for case in cases:
        cells = [case, speed(speeds.of(PYTORCH, threads, case), unit)]
        for jdk in speeds.jdks:
            ours = speeds.of(jdk, threads, case)
            cells += [speed(ours, unit), hundredths(speeds.ratio(jdk, threads, case))]
            if peaks.get(jdk):
                cells.append(f"{100 * ours / peaks[jdk]:.0f}" if ours else "")
        rows.append(cells)
    if last[3]:
        rows.append(last)
    title = f"### {TITLES[group]}, {count(threads, 'thread')}, {unit}\n\n"
    return title + table(head, rows)


def yes(condition):
    return "yes" if condition else "**no**"


def judged(what, threads, values, floor, goal):
    cells = [what, threads, f"{floor:.2f}", f"{goal:.2f}"]
    for value in values:
        cells += ["", "", ""] if value is None else [hundredths(value), yes(value >= floor), yes(value >= goal)]
    return cells


def floors_table(speeds):
    """Only the rows whose cases were all measured; None where there are none."""
    rows = []
    for f in FLOORS:
        ratio = speeds.mean_ratio if f.of in CASES else speeds.ratio
        values = [ratio(jdk, f.threads, f.of) for jdk in speeds.jdks]
        if any(values):
            rows.append(judged(f.what, str(f.threads), values, f.floor, f.goal))
    values = [speeds.scaling(jdk, SCALING.of) for jdk in speeds.jdks]
    if any(values):
        rows.append(judged(SCALING.what, "", values, SCALING.floor, SCALING.goal))
    if not rows:
        return None
    head = ["ratio", "threads", "floor", "goal"]
    for jdk in speeds.jdks:
        head += [jdk, "floor held", "goal reached"]
    title = "### Floors and goals\n\nRatios to PyTorch; the last row is ours with 2 threads over ours with 1.\n\n"
    return title + table(head, rows)


def heading(document):
    machine, settings = document["machine"], document["settings"]
    jdks = ", ".join(machine["jdks"].values())
    warmup = ", ".join(f"{group} {seconds:g} s" for group, seconds in settings["warmup"].items())
    return (
        f"{machine['cpu']}, {count(machine['cores'], 'core')}; PyTorch {machine['torch']} with MKL {machine['mkl']} and"
        f" oneDNN {machine['onednn']}; {jdks}. Medians over {count(settings['rounds'], 'round')} of the medians of"
        f" {settings['seconds']:g} s a case, after warming up ({warmup}).\n"
    )


def markdown(document):
    """All tables of a document that compare.py has written."""
    speeds = Speeds(document["results"])
    parts = [heading(document)]
    for group in CASES:
        parts += [group_table(speeds, group, threads) for threads in speeds.threads]
    parts.append(floors_table(speeds))
    return "\n".join(part for part in parts if part)
