"""Example: what a desk may call to play the notice, transfer or end. Standard library only; copy it and adapt it.

Two ways are shown; keep the one your softphone offers:

1. ``--api``: a softphone (or PBX agent) with a small HTTP interface on this PC: one GET per action.
2. ``--program``: a softphone that takes commands from a second start of its program, e.g. MicroSIP.

``settings.json`` of the desk::

    "line": {
      "notice":   {"command": ["python3", "/opt/doumi/line_action.py", "notice", "--api", "http://127.0.0.1:8088",
                               "--call={call_id}", "--text={text}"]},
      "transfer": {"command": ["python3", "/opt/doumi/line_action.py", "transfer", "--api", "http://127.0.0.1:8088",
                               "--call={call_id}", "--number={number}"]},
      "end":      {"command": ["python3", "/opt/doumi/line_action.py", "end", "--api", "http://127.0.0.1:8088",
                               "--call={call_id}"]},
      "transfer_number": "8300"
    }

On Windows name ``pythonw.exe`` (or an EXE made of this file); BAT and CMD files are refused, since Windows would have
their arguments read by a shell. Exit code 0 means done; anything else, and the counsellor is asked to do it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

# 1. Where the softphone's HTTP interface listens for each action. Adapt the paths and names to yours.
API = {
    "notice": "/announce?call={call}&text={text}",
    "transfer": "/transfer?call={call}&to={number}",
    "end": "/hangup?call={call}",
}
# 2. What the softphone's program takes for each action. This is MicroSIP; it has no announcement of its own.
PROGRAM = {
    "transfer": ["/transfer:{number}"],
    "end": ["/hangupall"],
}


def by_api(address: str, action: str, values: dict[str, str], seconds: float) -> bool:
    """Ask the HTTP interface; True when it says 2xx."""
    quoted = {name: urllib.parse.quote(value, safe="") for name, value in values.items()}
    # No proxy: the softphone is on this PC.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address.rstrip("/") + API[action].format(**quoted), timeout=seconds) as answer:
            return 200 <= answer.status < 300
    except (urllib.error.URLError, OSError, ValueError):
        return False


def by_program(program: str, action: str, values: dict[str, str], seconds: float) -> bool:
    """Start the softphone's program with a command; True when it ends with 0."""
    if action not in PROGRAM:
        return False
    arguments = [argument.format(**values) for argument in PROGRAM[action]]
    try:
        return subprocess.run([program, *arguments], timeout=seconds, check=False).returncode == 0
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return False


def main() -> int:
    """Do one action; 0 when it was done."""
    parser = argparse.ArgumentParser(description="Play the notice, transfer or end a call on a softphone.")
    parser.add_argument("action", choices=("notice", "transfer", "end"))
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--api", metavar="URL", help="HTTP interface of the softphone, e.g. http://127.0.0.1:8088")
    way.add_argument("--program", metavar="FILE", help="the softphone's program")
    parser.add_argument("--call", default="")
    parser.add_argument("--number", default="", help="whom to transfer to")
    parser.add_argument("--text", default="", help="the sentence that tells the reason")
    parser.add_argument("--seconds", type=float, default=4.0, help="shorter than the desk's own timeout_s")
    given = parser.parse_args()
    if given.action == "transfer" and not given.number:
        return 2
    values = {"call": given.call, "number": given.number, "text": given.text}
    if given.api:
        done = by_api(given.api, given.action, values, given.seconds)
    else:
        done = by_program(given.program, given.action, values, given.seconds)
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
