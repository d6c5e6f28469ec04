"""Build the program for handing out, then try what was built. `make dist` runs it after the set-up.

dist.py [--models] [--archive] [--no-build] [--into DIR]   build with PyInstaller, then try the result
dist.py sbom [FILE]                                        write the bill of materials alone

--models    put the installed models inside
--archive   pack the folder too (tar.xz, zip on Windows)
--no-build  try what is there

What builds it is installed from requirements/dist.txt into build/tools, beside the environment it is built from.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

TOOLS = ROOT / "build" / "tools"
LOCK = ROOT / "requirements" / "dist.txt"
FACTS = ROOT / "build" / "facts"
SITE = ROOT / "build" / "site"
WINDOWS = os.name == "nt"
BESIDE = ("LICENSE", "THIRD-PARTY-NOTICES.md", "docs/install.md", "docs/install.ko.md", "docs/telephony.md")
"""Documents laid beside the program."""


def say(text: str) -> None:
    """Write a line for the person waiting."""
    print(f"[dist] {text}", flush=True)


def stop(text: str) -> None:
    """End with one sentence that says what is wrong."""
    say(text)
    sys.exit(1)


def tools() -> dict[str, str]:
    """Install the tools where they are missing or old; returns an environment that finds them."""
    stamp, wanted = TOOLS / "dist.txt.sha256", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        say("Installing the tools that build it into build/tools")
        shutil.rmtree(TOOLS, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-deps"]
        if subprocess.run([*pip, "--require-hashes", "--target", TOOLS, "-r", LOCK], check=False).returncode:
            stop("The tools could not be installed. Check the network or the package index settings.")
        stamp.write_text(wanted, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(TOOLS), "PYTHONUTF8": "1"}


def facts() -> dict[str, str]:
    """Return what is shown of the build: commit and day. ``SOURCE_DATE_EPOCH`` sets the day."""
    epoch = float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    day = datetime.datetime.fromtimestamp(epoch, datetime.UTC).date().isoformat()
    commit = ""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "-C", str(ROOT), "rev-parse", "--short=10", "HEAD"]
        commit = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return {"commit": commit, "built": day}


def bill(target: Path, environment: dict[str, str]) -> None:
    """Write the bill of materials."""
    sys.path.append(str(TOOLS))
    import sbom

    say(f"Bill of materials: {sbom.write(target, environment)} components in {target.name}")


def build(into: Path, environment: dict[str, str], models: bool) -> None:
    """Run PyInstaller and lay the documents beside the program."""
    shutil.rmtree(FACTS, ignore_errors=True)
    FACTS.mkdir(parents=True)
    (FACTS / "build.json").write_text(json.dumps(facts()), encoding="utf-8")
    environment = {**environment, "DOUMI_DIST_FACTS": str(FACTS)}
    if models:
        environment["DOUMI_DIST_MODELS"] = str(models_folder())
    if not (SITE / "index.html").is_file():
        say("There is no guide in build/site; `make docs` before `make dist` puts it inside.")
    began = time.monotonic()
    say("Building; this takes some minutes")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", str(into)]
    command += ["--workpath", str(ROOT / "build" / "work"), str(ROOT / "build.spec")]
    with (FACTS / "build.log").open("wb") as log:
        code = subprocess.run(command, cwd=ROOT, env=environment, stdout=log, stderr=log, check=False).returncode
    if code:
        say((FACTS / "build.log").read_text(encoding="utf-8", errors="replace")[-3000:])
        stop("PyInstaller failed.")
    folder = into / "doumi"
    for name in BESIDE:
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, folder)
    policies = [sys.executable, ROOT / "scripts" / "group_policy.py", folder / "policies"]
    if subprocess.run(policies, cwd=ROOT, check=False).returncode:
        stop("The group policy templates could not be written.")
    if sys.platform.startswith("linux"):
        shutil.copytree(ROOT / "packaging" / "linux", folder / "linux", dirs_exist_ok=True)
        for drawing in (ROOT / "packaging" / "icons").glob("*.svg"):
            shutil.copy2(drawing, folder / "linux")
    texts = [
        sys.executable,
        str(ROOT / "scripts" / "third_party.py"),
        "--texts",
        str(folder / "THIRD-PARTY-LICENCES.txt"),
    ]
    if subprocess.run(texts, cwd=ROOT, check=False).returncode:
        stop("The licence texts could not be written.")
    if missing := licences_missing(folder):
        stop(f"Licence files are missing from the build: {', '.join(missing)}")
    bill(folder / "sbom.cdx.json", environment)
    say(f"Built in {time.monotonic() - began:.0f} s")


def licences_missing(folder: Path) -> list[str]:
    """Return the packages some licence file of which did not come along."""
    from app.licences import licence_files
    from scripts.third_party import LEFT_OUT, runtime

    return [
        name
        for name in runtime()
        if name not in LEFT_OUT and not all((folder / "_internal" / place).is_file() for place in licence_files(name))
    ]


def models_folder() -> Path:
    """Return where the installed models lie."""
    from app.home import Home

    return Home.from_environment().models


def bytes_of(folder: Path) -> int:
    """Return the bytes of a folder's files, links not followed."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())


def sizes(folder: Path) -> None:
    """Tell the size, and what takes most of it."""
    say(f"{folder.name}: {bytes_of(folder) / 1e6:,.0f} MB")
    inside = folder / "_internal"
    parts = {part.name: bytes_of(part) if part.is_dir() else part.lstat().st_size for part in inside.iterdir()}
    parts |= {part.name: bytes_of(part) for part in folder.iterdir() if part.is_dir() and part != inside}
    for name, size in sorted(parts.items(), key=lambda one: -one[1])[:12]:
        say(f"  {size / 1e6:8,.1f} MB  {name}")


def archive(folder: Path) -> None:
    """Pack the folder."""
    import platform
    from importlib.metadata import version

    from kb.whole_file import sha256_of

    name = f"doumi-{version('doumi')}-{sys.platform}-{platform.machine().lower()}"
    kind = "zip" if WINDOWS else "xztar"
    say("Packing; this takes some minutes more")
    made = Path(shutil.make_archive(str(folder.parent / name), kind, folder.parent, folder.name))
    say(f"{made.name}: {made.stat().st_size / 1e6:,.0f} MB, sha256 {sha256_of(made)}")


def main(arguments: list[str]) -> int:
    """Carry out the arguments; returns the exit code."""
    if arguments[:1] == ["sbom"]:
        target = Path(arguments[1]) if len(arguments) > 1 else ROOT / "dist" / "sbom.cdx.json"
        bill(target, tools())
        return 0
    parser = argparse.ArgumentParser(description="Build the program for handing out, then try it.")
    parser.add_argument("--models", action="store_true", help="put the installed models inside")
    parser.add_argument("--archive", action="store_true", help="pack the folder too")
    parser.add_argument("--no-build", action="store_true", help="try what is there")
    parser.add_argument("--into", type=Path, default=ROOT / "dist", metavar="DIR")
    chosen = parser.parse_args(arguments)
    into = chosen.into.resolve()
    if not chosen.no_build:
        build(into, tools(), chosen.models)
    folder = into / "doumi"
    sizes(folder)
    import dist_trial

    failed = dist_trial.run(folder, models_folder(), say)
    if failed:
        stop(f"The program that was built fails: {', '.join(failed)}")
    if chosen.archive:
        archive(folder)
    say(f"Ready: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
