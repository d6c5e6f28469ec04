from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import pytest

from app import doctor
from app.commands import Context, sessions, team
from app.doctor import Finding, Patient, Verdict
from app.errors import StoreFault
from app.keys import KeyMode, KeyState
from app.personal import check_database, open_personal, open_reader
from app.settings import Loaded, Settings
from audio.model import CallerSide, Device
from tests.helpers.personal import RECORD, begin, home_in, now, turn

MICROPHONE = Device("m", "마이크", CallerSide.INPUT, 1, 48_000)


def _patient(tmp_path: Path) -> Patient:
    return Patient(
        home=home_in(tmp_path),
        settings=lambda: Loaded(Settings()),
        key_state=lambda: (KeyState.FOUND, KeyMode.KEYRING, "SecretService"),
        refused_keyring=lambda: "",
        database=lambda: "SQLCipher 4",
        devices=lambda: [MICROPHONE],
        model_installed=lambda name: True,
    )


def _of(patient: Patient, check: str) -> Finding:
    return next(finding for finding in doctor.examine(patient) if finding.check == check)


def test_a_healthy_desk(tmp_path: Path) -> None:
    findings = doctor.examine(_patient(tmp_path))
    names = ["versions", "settings", "policy", "disk", "keyring", "database", "models", "devices"]
    assert [finding.check for finding in findings] == names
    assert all(finding.verdict is Verdict.OK for finding in findings if finding.check != "disk")
    assert all(finding.detail for finding in findings)


def _raise(error: Exception) -> None:
    raise error


def test_every_fault_has_its_verdict_and_a_sentence(tmp_path: Path) -> None:
    well = _patient(tmp_path)
    cases = [
        (replace(well, devices=list), "devices", Verdict.WARN),
        (replace(well, devices=None), "devices", Verdict.WARN),
        (replace(well, devices=lambda: _raise(OSError("no sound"))), "devices", Verdict.WARN),
        (replace(well, model_installed=lambda name: name == "whisper-base"), "models", Verdict.FAIL),
        (replace(well, database=lambda: _raise(StoreFault("store.damaged", path="p"))), "database", Verdict.FAIL),
        (replace(well, database=lambda: _raise(ZeroDivisionError())), "database", Verdict.FAIL),
        (replace(well, key_state=lambda: (KeyState.FOUND, KeyMode.FILE, "")), "keyring", Verdict.WARN),
        (replace(well, key_state=lambda: (KeyState.LOCKED, KeyMode.KEYRING, "x")), "keyring", Verdict.FAIL),
        (replace(well, key_state=lambda: (KeyState.ABSENT, None, "")), "keyring", Verdict.WARN),
        (replace(well, settings=lambda: Loaded(Settings(), "cli.settings_broken")), "settings", Verdict.WARN),
    ]
    for patient, check, verdict in cases:
        found = _of(patient, check)
        assert found.verdict is verdict, found
        assert found.detail or found.advice
        json.dumps(doctor.as_object(found))
    refused = replace(well, key_state=lambda: (KeyState.ABSENT, None, ""), refused_keyring=lambda: "null")
    assert _of(refused, "keyring").verdict is Verdict.FAIL


def test_the_personal_side_opens_is_listed_shown_exported_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    home = home_in(tmp_path)
    assert check_database(home) == ""
    with pytest.raises(StoreFault):
        open_reader(home)
    desk = open_personal(home, Settings, lambda change: None, now=now)
    assert desk.key.mode is KeyMode.FILE
    begin(desk.store, "01ABC")
    desk.store.append(turn(1, "신림역 앞 주차장", "01ABC"))
    desk.store.append(turn(2, "제 번호는 010-9876-5432예요", "01ABC", index=1))
    desk.store.file_records("01ABC", (RECORD,))
    desk.close()
    assert "SQLCipher" in check_database(home)

    def run(module: object, *words: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        module.configure(parser)  # type: ignore[attr-defined]
        code = module.run(parser.parse_args(words), Context(home=home))  # type: ignore[attr-defined]
        return code, capsys.readouterr().out

    code, out = run(sessions, "list", "신림역", "--jsonl")
    assert (code, [json.loads(line)["id"] for line in out.splitlines()]) == (0, ["01ABC"])
    assert run(sessions, "list", "없는말") == (0, "")
    shown = run(sessions, "show", "01")[1]
    assert "시민: 신림역 앞 주차장" in shown
    assert "문의: 불법 주정차 신고" in shown
    target = tmp_path / "call.json"
    assert run(sessions, "export", "01A", "--out", str(target)) == (0, "")
    assert "9876" not in target.read_text()
    whole = json.loads(target.read_text())
    assert (whole["session"]["id"], len(whole["records"]), whole["events"][0]["type"]) == ("01ABC", 1, "TurnUpdated")
    kinds = [json.loads(line)["type"] for line in run(sessions, "export", "01A", "--jsonl")[1].splitlines()]
    assert kinds == ["session", "record", "TurnUpdated", "TurnUpdated"]
    assert run(team, "init", str(tmp_path / "team"))[0] == 0
