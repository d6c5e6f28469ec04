"""Set everything up, then run or test. Standard library only; the same on Linux, Windows and macOS.

    bootstrap.py setup            system libraries, virtual environment, locked packages, models
    bootstrap.py run [ARGS...]    set up, then `doumi run ARGS...`
    bootstrap.py test [ARGS...]   set up, then lint, types, contracts and tests (`pytest ARGS...`)

What is already done is not done again: a second call starts in seconds and touches no network.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "doumi-setup.json"
LOCK = ROOT / "requirements" / "lock.txt"
# Beside the lock file because its hashes differ between its CPU build and the index's own file.
TORCH = "torch==2.13.0"
# A file's tests stay together in one worker: they share their devices, servers and scenes.
ON_ALL_CORES = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--max-worker-restart", "0"]
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
DOUMI = BIN / ("doumi.exe" if WINDOWS else "doumi")

# Shared library -> Debian package. Qt, PortAudio and the sound server's client need them.
LIBRARIES = {
    "portaudio": "libportaudio2",
    "asound": "libasound2",
    "pulse": "libpulse0",
    "EGL": "libegl1",
    "GL": "libgl1",
    "xkbcommon": "libxkbcommon0",
    "xkbcommon-x11": "libxkbcommon-x11-0",
    "dbus-1": "libdbus-1-3",
    "fontconfig": "libfontconfig1",
    "glib-2.0": "libglib2.0-0",
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-image": "libxcb-image0",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-randr": "libxcb-randr0",
    "xcb-render-util": "libxcb-render-util0",
    "xcb-shape": "libxcb-shape0",
    "xcb-xkb": "libxcb-xkb1",
}
# Only the tests need these; without them the tests that do are skipped with the reason.
TEST_PROGRAMS = {
    "pulseaudio": "pulseaudio",
    "pactl": "pulseaudio-utils",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "gnome-keyring-daemon": "gnome-keyring",
    "dbus-run-session": "dbus",
}


def say(text: str) -> None:
    """Write a line for the person waiting."""
    print(f"[doumi] {text}", flush=True)


def stop(text: str) -> None:
    """End with one sentence that says what to do."""
    say(text)
    sys.exit(1)


def run(*command: str | Path, quiet: bool = False) -> int:
    """Run a command in the project folder; returns its exit code."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, check=False, stdout=output, stderr=output
    ).returncode


def alsa_pulse_plugin() -> bool:
    """Return whether PortAudio can reach PulseAudio or PipeWire through ALSA."""
    return any(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so"))


def system_packages(for_tests: bool) -> None:
    """Install missing system libraries through apt where it exists and may be used; else name them."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for name, package in LIBRARIES.items() if not ctypes.util.find_library(name)]
    missing += [] if alsa_pulse_plugin() else ["libasound2-plugins"]
    if for_tests:
        missing += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
    if not missing:
        return
    names = " ".join(missing)
    apt = shutil.which("apt-get")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    sudo = [] if root else ["sudo", "-n"]
    may = bool(apt) and (root or (bool(shutil.which("sudo")) and run("sudo", "-n", "true", quiet=True) == 0))
    if not may:
        say(f"System packages are missing and cannot be installed from here: {names}")
        say(f"Ask your administrator for: apt-get install {names}")
        return
    say(f"Installing system packages: {names}")
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    run(*sudo, *environment, "apt-get", "update", "-qq")
    # One by one: a name that this release does not know must not keep the others out.
    library = {package: name for name, package in LIBRARIES.items()}
    for package in missing:
        # Some come along with another one, under a name of this release.
        if package in library and ctypes.util.find_library(library[package]):
            continue
        if run(*sudo, *environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends", package, quiet=True):
            say(f"apt could not install {package}; what needs it will say so.")


def make_environment() -> None:
    """Create the virtual environment where there is none."""
    if PYTHON.exists():
        return
    say("Creating the virtual environment .venv")
    if run(sys.executable, "-m", "venv", VENV, quiet=True) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", package)
    elif shutil.which("apt-get") and shutil.which("sudo"):
        run("sudo", "-n", "apt-get", "install", "-y", "-qq", package)
    if run(sys.executable, "-m", "venv", VENV):
        stop(f"Python cannot create a virtual environment. Install {package} and run again.")


def wanted() -> str:
    """Return a fingerprint of everything the set-up depends on."""
    digest = hashlib.sha256(TORCH.encode())
    for file in (LOCK, ROOT / "pyproject.toml", ROOT / "resources" / "models.toml", Path(__file__)):
        digest.update(file.read_bytes())
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def stamp() -> dict[str, object]:
    """Return what the last complete set-up wrote, or nothing."""
    try:
        loaded = json.loads(STAMP.read_text(encoding="utf-8"))
        return loaded if isinstance(loaded, dict) else {}
    except (OSError, ValueError):
        return {}


def install_packages() -> None:
    """Install the locked packages, torch and the program itself."""
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    locked_pip = next(
        line.split()[0] for line in LOCK.read_text(encoding="utf-8").splitlines() if line.startswith("pip==")
    )
    say("Installing packages (some hundred megabytes the first time)")
    steps = (
        [*pip, "install", "-q", locked_pip],
        [*pip, "install", "--no-deps", "--require-hashes", "--progress-bar", "on", "-q", "-r", LOCK],
        # With its dependencies: the CPU build finds them all in the lock file, another build brings its own.
        [*pip, "install", "-q", TORCH],
        [*pip, "install", "-q", "--no-deps", "--no-build-isolation", "-e", ROOT],
    )
    for step in steps:
        if run(*step):
            stop("Packages could not be installed. Check the network or the package index settings and run again.")


def setup(for_tests: bool = False) -> None:
    """Bring everything to the state the lock file and the catalogue describe."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the set-up runs on whatever Python is there
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    fingerprint, done = wanted(), stamp()
    same = done.get("fingerprint") == fingerprint and DOUMI.exists()
    if same and (not for_tests or done.get("tests")) and models_present():
        return
    system_packages(for_tests)
    make_environment()
    if not same:
        install_packages()
    if run(DOUMI, "models", "fetch") and not models_present():
        stop(
            "The models could not be fetched. Run `doumi models fetch --from FOLDER` with a folder your site provides."
        )
    # Builds the shipped example once, so that the first call does not wait for it.
    run(DOUMI, "kb", "status", quiet=True)
    tests = for_tests or bool(done.get("tests"))
    STAMP.write_text(json.dumps({"fingerprint": fingerprint, "tests": tests}), encoding="utf-8")
    say("Ready: " + str(DOUMI.relative_to(ROOT)))


def models_present() -> bool:
    """Return whether the default models are installed, by their sizes; nothing is hashed or fetched."""
    return run(PYTHON, "-c", "from app.models import defaults_installed as d; raise SystemExit(not d())") == 0


def test(arguments: list[str]) -> int:
    """Run lint, types, contracts and tests; returns the first failure's exit code."""
    checks: list[list[str | Path]] = [
        [BIN / "ruff", "check", "."],
        [BIN / "ruff", "format", "--check", "."],
        [BIN / "mypy"],
        [BIN / "lint-imports"],
        [PYTHON, "-m", "pytest", *(arguments or ON_ALL_CORES)],
    ]
    for check in checks:
        say(" ".join(Path(str(part)).name for part in check))
        code = run(*check)
        if code:
            return code
    return 0


def main(arguments: list[str]) -> int:
    """Carry out one verb; returns the exit code."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb == "setup" and not rest:
        setup()
        return 0
    if verb == "run":
        setup()
        if WINDOWS:
            return run(DOUMI, "run", *rest)
        os.chdir(ROOT)
        os.execv(DOUMI, [str(DOUMI), "run", *rest])
    if verb == "test":
        setup(for_tests=True)
        return test(rest)
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
