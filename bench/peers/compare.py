# SPDX-License-Identifier: Apache-2.0
"""cifar-engine beside PyTorch on the same work: both sides in turn, then tables in Markdown.

    mvn -B -q -DskipTests package
    python bench/peers/compare.py --java JDK_17_HOME JDK_25_HOME --out results.json

needs a Python with PyTorch. Every round measures PyTorch, then each JDK, one group of cases after another
in a process of its own, so that a busy minute of the machine meets all sides alike.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

from pytorch import CASES, add_options, versions, warmup_of
from tables import PEAK, PYTORCH, count, markdown

ROOT = Path(__file__).resolve().parents[2]
JAR = ROOT / "bench" / "target" / "benchmarks.jar"
PEER = Path(__file__).resolve().with_name("pytorch.py")
MAIN = "io.cifarengine.bench.SideBySide"
BUILD = "mvn -B -q -DskipTests package"


def fail(message):
    sys.exit(f"compare.py: {message}")


def run(command):
    """Standard output and error of a command that succeeds."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as e:
        fail(f"{command[0]}: {e.strerror}; --java takes the home of a JDK, which holds bin/java")
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        fail(f"{' '.join(command)} ended with code {done.returncode}: {last}")
    return done


def java_of(home):
    return str(Path(home) / "bin" / "java")


def jdks(homes):
    """The home and the version of each JDK by its name, JDK 17."""
    found = {}
    for home in homes:
        said = run([java_of(home), "-version"]).stderr
        version = re.search(r'version "([^"]+)"', said)
        if not version:
            fail(f"{home}: expected java -version to name a version, found {said.strip()!r}")
        name = "JDK " + version.group(1).split(".")[0]
        if name in found:
            fail(f"--java: {home} is {name}, and so is {found[name][0]}; name one of them")
        found[name] = (home, version.group(1))
    return found


def default_java():
    home = os.environ.get("JAVA_HOME")
    path = shutil.which("java")
    if not home and not path:
        fail("no Java found; name one: --java JDK_HOME")
    return home or str(Path(path).resolve().parents[1])


def cpu():
    try:
        model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        model = None
    return model.group(1) if model else platform.processor() or platform.machine()


def lines(command):
    """What a side measured: its lines NAME, MEDIAN, BEST, UNIT."""
    for line in run(command).stdout.splitlines():
        fields = line.split("\t")
        if len(fields) != 4:
            fail(f"{' '.join(command)}: expected NAME, MEDIAN, BEST and UNIT between tabs, found {line!r}")
        yield {"case": fields[0], "median": float(fields[1]), "best": float(fields[2]), "unit": fields[3]}


def measure_group(side, command, group, threads, options):
    """One side's cases of a group; fails where they are not those that are asked for."""
    arguments = [group, "--threads", threads, "--seconds", options.seconds, "--warmup", warmup_of(group, options)]
    measured = list(lines([*command, *map(str, arguments), "--only", options.only]))
    names = [result["case"] for result in measured if result["case"] != PEAK]
    expected = [case for case in CASES[group] if options.only in case]
    if names != expected:
        fail(f"{side}: expected the cases {expected}, found {names}; is {JAR.name} older than its sources?")
    return [{"side": side, "threads": threads, "group": group, **result} for result in measured]


def newer_source(time):
    """A source of the modules, or a pom, that was written after that time."""
    sources = [*ROOT.glob("pom.xml"), *ROOT.glob("*/pom.xml"), *ROOT.glob("*/src/main/**/*.java")]
    return next((source for source in sources if source.stat().st_mtime > time), None)


def write(document, file):
    """Whole or not at all: what an earlier round wrote stays until its successor is complete."""
    part = file.with_name(file.name + ".part")
    part.write_text(json.dumps(document, indent=1) + "\n")
    os.replace(part, file)


def read(file):
    """What an earlier comparison wrote."""
    try:
        return json.loads(file.read_text())
    except OSError as e:
        fail(f"--read: {file}: {e.strerror}")
    except ValueError:
        fail(f"--read: {file} is not JSON; expected a file that --out wrote")


def measure(options):
    """All rounds; the document is written after each, so that what was measured stays."""
    groups = [group for group, cases in CASES.items() if any(options.only in case for case in cases)]
    if not groups:
        fail(f"--only: no case has {options.only!r} in its name; one is {CASES['gemm'][0]!r}")
    torch_versions = versions()
    if not JAR.exists():
        fail(f"{JAR.relative_to(ROOT)} is missing; build it: {BUILD}")
    changed = newer_source(JAR.stat().st_mtime)
    if changed:
        fail(f"{JAR.relative_to(ROOT)} is older than {changed.relative_to(ROOT)}; build it again: {BUILD}")
    homes = jdks(options.java or [default_java()])
    sides = {PYTORCH: [sys.executable, str(PEER)]}
    for name, (home, _) in homes.items():
        sides[name] = [java_of(home), "--add-modules", "jdk.incubator.vector", "-cp", str(JAR), MAIN]
    document = {
        "machine": {
            "cpu": cpu(),
            "cores": os.cpu_count(),
            "system": platform.platform(),
            **torch_versions,
            "python": platform.python_version(),
            "jdks": {name: f"JDK {version}" for name, (_, version) in homes.items()},
        },
        "settings": {
            **{name: getattr(options, name) for name in ("rounds", "seconds", "only")},
            "warmup": {group: warmup_of(group, options) for group in groups},
        },
        "results": [],
    }
    for number in range(1, options.rounds + 1):
        for threads in options.threads:
            for group in groups:
                for side, command in sides.items():
                    print(f"round {number} of {options.rounds}: {group}, {count(threads, 'thread')}, {side}", file=sys.stderr)
                    for result in measure_group(side, command, group, threads, options):
                        document["results"].append({"round": number, **result})
        if options.out:
            write(document, options.out)
    return document


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected at least 1, found {number}")
    return number


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=positive, default=5, help="times all sides are measured (default 5)")
    parser.add_argument("--threads", type=positive, nargs="+", default=[1, 2], metavar="N", help="default 1 2")
    parser.add_argument("--java", nargs="+", metavar="HOME", help="homes of JDKs (default: $JAVA_HOME, else the path's)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write everything that was measured there, as JSON")
    parser.add_argument("--read", type=Path, metavar="FILE", help="measure nothing; print the tables of such a file")
    add_options(parser)
    options = parser.parse_args()
    if options.out and not options.out.parent.is_dir():
        fail(f"--out: {options.out.parent} is no folder; make it first")
    print(markdown(read(options.read) if options.read else measure(options)), end="")


if __name__ == "__main__":
    main()
