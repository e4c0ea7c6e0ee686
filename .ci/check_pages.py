#!/usr/bin/env python3
"""Opens pages of briefs in headless Chromium: 1280 and 390 pixels wide, light, dark and as printed. Nothing overlaps, nothing is wider than its page, no request leaves it,
no error is logged. Screenshots and PDFs stay in the folder given last (by default target/pages).

    check_pages.py [PAGES [RESULTS]]

PAGES is a folder of HTML files; the tests of handouts leave theirs in target/tmp/pages. Where there is no Chromium and none can be installed, it says "not run".
"""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
MEASURE = (Path(__file__).parent / "measure.js").read_text()
# Width, whether it is dark, whether it is as printed. A4 less its margins is 182 mm, 688 pixels.
VIEWS = {
    "wide": (1280, False, False),
    "narrow": (390, False, False),
    "dark": (1280, True, False),
    "printed": (688, False, True),
}
# In print no text of a picture may be smaller than 6 points.
SMALLEST_PRINTED = 8.0
# Where Chromium itself may look for updates.
OWN_HOSTS = re.compile(r"(^|\.)(google\.com|googleapis\.com|gstatic\.com|gvt1\.com|chromium\.org)$")


def chromium() -> str | None:
    """The browser, installed if need be and possible."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return found
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not as_root or shutil.which("sudo")):
        for step in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-dejavu-core"]):
            subprocess.run([*as_root, "apt-get", *step], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    return next(filter(None, map(shutil.which, names)), None)


class Browser:
    def __init__(self, program: str, scratch: Path):
        self.program, self.scratch = program, scratch

    def run(self, page: Path, *arguments: str) -> tuple[str, str]:
        """Opens a page; what it printed, and what was logged."""
        command = [
            self.program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions", f"--user-data-dir={self.scratch / 'profile'}",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", *arguments, page.absolute().as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=120)
        except subprocess.TimeoutExpired:
            return "", "CONSOLE: the browser did not end within two minutes"
        return done.stdout, done.stderr

    def measure(self, page: Path, view: str, picture: Path) -> dict:
        """Opens a copy of a page that measures itself, in a frame as wide as the view, and takes its picture."""
        width, dark, printed = VIEWS[view]
        text = page.read_text()
        text = text.replace("default-src 'none'; style-src 'unsafe-inline'", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'")
        text = text.replace("(prefers-color-scheme: dark)", "all" if dark else "not all")
        if printed:
            text = text.replace("@media print", "@media all")
        copy = self.scratch / f"{page.stem}-{view}.html"
        copy.write_text(text.replace("</body>", f"<script>\n{MEASURE}</script>\n</body>"))
        high = 3000 if view == "narrow" else 6000
        frame = self.scratch / f"{page.stem}-{view}-frame.html"
        frame.write_text(
            f'<!doctype html><meta charset="utf-8"><style>body {{ margin: 0; }} iframe {{ border: 0; width: {width}px; height: {high}px; }}</style>'
            f'<iframe src="{copy.name}"></iframe><pre id="found" hidden></pre>'
            '<script>addEventListener("message", (told) => { document.getElementById("found").textContent = told.data; });</script>'
        )
        shown, _ = self.run(frame, "--dump-dom", f"--screenshot={picture.absolute()}", f"--window-size={max(width, 500)},{high}", "--virtual-time-budget=20000")
        found = re.search(r'<pre id="found"[^>]*>(.*?)</pre>', shown, re.DOTALL)
        return json.loads(html.unescape(found.group(1))) if found and found.group(1) else {"found": ["the page could not be measured"], "texts": 0, "smallest": 99}

    def leaves(self, page: Path) -> tuple[list[str], list[str]]:
        """The requests to elsewhere that opening a page makes, and the errors it logs."""
        log = self.scratch / "net.json"
        log.unlink(missing_ok=True)
        _, logged = self.run(page, "--dump-dom", f"--log-net-log={log}", "--virtual-time-budget=5000")
        told = log.read_text(errors="replace") if log.exists() else ""
        addresses = set(re.findall(r'"url":"((?:https?|wss?|ftp):[^"]*)"', told))
        hosts = {address: re.sub(r"^\w+://([^/:]*).*$", r"\1", address) for address in addresses}
        outside = sorted(address for address, host in hosts.items() if not OWN_HOSTS.search(host))
        return outside, [line for line in logged.splitlines() if "CONSOLE" in line]


def check_checks(browser: Browser) -> list[str]:
    """The checks find what is wrong with a page made wrong: else they would find nothing on any."""
    wrong = browser.scratch / "wrong.html"
    wrong.write_text(
        '<!doctype html><html><head><title>w</title><style>p { width: 2000px; }</style></head><body><p>Too wide</p>'
        '<svg viewBox="0 0 100 100" width="100" height="100"><text x="10" y="20">One text</text><text x="14" y="22">Another</text></svg>'
        '<img src="http://leak.invalid/x.png"><script>console.error("wrong")</script></body></html>'
    )
    found = " ".join(browser.measure(wrong, "wide", browser.scratch / "wrong.png")["found"])
    outside, errors = browser.leaves(wrong)
    missed = [name for name, seen in (("overlap", "overlaps" in found), ("width", "wide where" in found), ("request", outside), ("error", errors)) if not seen]
    return [f"the check itself does not see: {', '.join(missed)}"] if missed else []


def check_page(browser: Browser, page: Path, results: Path) -> list[str]:
    problems = []
    text = page.read_text()
    for attribute, value in re.findall(r'\s(href|src|action|data|xlink:href|srcset)="([^"]*)"', re.sub(r">[^<]*<", "><", text)):
        if not value.startswith("#"):
            problems.append(f"{attribute} leads elsewhere: {value[:60]}")
    for view in VIEWS:
        measured = browser.measure(page, view, results / f"{page.stem}-{view}.png")
        problems += [f"{view}: {problem}" for problem in measured["found"][:12]]
        if view == "dark" and "rgb(255, 255, 255)" in measured.get("states", []):
            problems.append("dark: a white box in the state graph")
        if view == "printed" and measured["smallest"] < SMALLEST_PRINTED:
            problems.append(f"printed: text of {measured['smallest']:.1f} pixels in a picture")
    outside, errors = browser.leaves(page)
    problems += [f"asks for {address}" for address in outside] + [f"logs {error[:200]}" for error in errors]
    sheet = results / f"{page.stem}.pdf"
    sheet.unlink(missing_ok=True)
    browser.run(page, f"--print-to-pdf={sheet.absolute()}", "--no-pdf-header-footer")
    if not sheet.exists() or not sheet.read_bytes().startswith(b"%PDF"):
        problems.append("cannot be printed to PDF")
    elif shutil.which("pdftotext"):
        problems += check_first_sheet(page, sheet)
    return problems


def check_first_sheet(page: Path, sheet: Path) -> list[str]:
    """The first sheet can stand alone: it holds every statement of the verdict, and what belongs to it ends there."""
    verdict = re.search(r'<section id="verdict".*?</section>', page.read_text(), re.DOTALL)
    if not verdict:
        return ["there is no verdict"]
    squeezed = lambda text: re.sub(r"[^\w]", "", text)
    printed = squeezed(subprocess.run(["pdftotext", "-l", "1", str(sheet), "-"], capture_output=True, text=True, errors="replace").stdout)
    statements = re.findall(r"<li>(.*?)</li>", verdict.group(0), re.DOTALL)
    missing = [text for text in (html.unescape(re.sub(r"<[^>]+>", "", statement)) for statement in statements) if squeezed(text)[-40:] not in printed]
    heads = [html.unescape(text) for text in re.findall(r'<th scope="col">(The least that would have to give)</th>', verdict.group(0))]
    missing += [head for head in heads if squeezed(head) not in printed]
    return [f"printed: not on the first sheet: {text[-60:]}" for text in missing]


def main() -> int:
    pages = sorted(Path(sys.argv[1] if len(sys.argv) > 1 else TARGET / "tmp" / "pages").glob("*.html"))
    results = Path(sys.argv[2] if len(sys.argv) > 2 else TARGET / "pages")
    if not pages:
        print("error: there are no pages; the tests of handouts write them", file=sys.stderr)
        return 1
    program = chromium()
    if not program:
        print("pages in a browser: not run (there is no Chromium here, and it cannot be installed)")
        return 0
    results.mkdir(parents=True, exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="winset-pages-", ignore_cleanup_errors=True) as scratch:
        browser = Browser(program, Path(scratch))
        problems = {"the checks": check_checks(browser)}
        problems |= {page.stem: check_page(browser, page, results) for page in pages}
    for name, found in problems.items():
        for problem in found:
            print(f"error: {name}: {problem}", file=sys.stderr)
        failed += bool(found)
    print(f"pages in a browser: {len(pages)} opened in {len(VIEWS)} views and printed; pictures in {results}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
