#!/usr/bin/env python3
"""Checks every crate the lock file holds: a licence compatible with ours, and no more crates than we agreed to maintain."""

import json
import re
import subprocess
import sys

# Raise only with a reason in the commit that does it.
# 70: named streams of random numbers (sha2, rand_chacha, libm) brought 13.
# 78: the Python package (pyo3 and what it builds with) brought 8, which only `python/` compiles.
MOST_CRATES = 78
ALLOWED = {
    "MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-3-Clause", "BSD-2-Clause", "ISC", "Unicode-3.0", "Zlib", "BSL-1.0", "Unlicense", "0BSD",
}


def acceptable(expression: str) -> bool:
    """Whether one alternative of an SPDX expression is made of allowed licences only."""
    expression = expression.replace("/", " OR ").replace("(", " ").replace(")", " ")
    alternatives = re.split(r"\s+OR\s+", expression)
    return any(all(part.strip() in ALLOWED for part in re.split(r"\s+AND\s+", alternative)) for alternative in alternatives) or all(
        any(part.strip() in ALLOWED for part in re.split(r"\s+OR\s+", group)) for group in re.split(r"\s+AND\s+", expression)
    )


def main() -> int:
    # Only what a user's build compiles: dependencies of our crates on this platform, tests left out.
    tree = subprocess.run(
        ["cargo", "tree", "--locked", "--workspace", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"],
        check=True, capture_output=True, text=True,
    ).stdout
    built = {line.split()[0] for line in tree.splitlines() if line.strip()}
    metadata = json.loads(
        subprocess.run(["cargo", "metadata", "--locked", "--format-version", "1"], check=True, capture_output=True, text=True).stdout
    )
    problems = []
    for package in metadata["packages"]:
        if package["source"] is None:
            continue
        licence = package.get("license") or ""
        if not acceptable(licence):
            problems.append(f"{package['name']} {package['version']}: licence {licence!r} is not on the list")
        if not package["source"].startswith("registry+"):
            problems.append(f"{package['name']} does not come from the registry")
    outside = {name for name in built if not name.startswith("winset")}
    if len(outside) > MOST_CRATES:
        problems.append(f"{len(outside)} crates are built, more than the {MOST_CRATES} agreed: {', '.join(sorted(outside))}")
    print(f"dependencies: {len(outside)} crates built from outside (at most {MOST_CRATES}), licences checked for {len(metadata['packages'])}")
    for problem in problems:
        print(f"error: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
