"""The door, `build.py`: when it makes an environment, when it does not, what it hands over, what it says; and the
test command behind it: it runs every step, and a browser that cannot be had is a failure."""

import ast
import importlib.util
import os
import re
import runpy
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

import build
from tests import __main__ as runner
from tests import browser

OLDEST_GRAMMAR = (3, 7)
"""The oldest Python whose grammar `ast` can still check; build.py must be readable to be able to turn it away."""


class FakeRunner:
    """Stands in for venv and pip: records each command, and fails at the one that contains `fails_at`."""

    def __init__(self, fails_at: str | None = None) -> None:
        self.commands: list[Sequence[str]] = []
        self.fails_at = fails_at

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        self.commands.append(command)
        if self.fails_at in command:
            return 1, "Collecting everything\n\nERROR: no such host\n"
        if "venv" in command:
            python = Path(command[-1]) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return 0, ""

    @property
    def steps(self) -> list[str]:
        """What each command did: `venv`, or the name of the lock that pip installed from."""
        return ["venv" if "venv" in command else Path(command[-1]).name for command in self.commands]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".venv"


@pytest.fixture
def locks(tmp_path: Path) -> list[Path]:
    """A runtime lock and a test lock."""
    files = [tmp_path / "requirements.lock", tmp_path / "requirements-test.lock"]
    for file in files:
        file.write_text("one==1 --hash=sha256:00\n")
    return files


def steps(folder: Path, locks: Sequence[Path]) -> list[str]:
    """What a run that needs `locks` does to make `folder` ready."""
    run = FakeRunner()
    assert build.ready_environment(folder, locks, run).exists()
    return run.steps


def test_first_run_installs_and_later_runs_do_nothing(folder: Path, locks: list[Path]) -> None:
    assert steps(folder, locks[:1]) == ["venv", "requirements.lock"]
    assert steps(folder, locks[:1]) == []


def test_installation_is_limited_to_what_the_lock_proves(folder: Path, locks: list[Path]) -> None:
    run = FakeRunner()
    build.ready_environment(folder, locks, run)
    for command in run.commands[1:]:
        assert {"--require-hashes", "--no-deps", "-I"} <= set(command)


def test_tests_add_their_packages_to_a_finished_environment(folder: Path, locks: list[Path]) -> None:
    steps(folder, locks[:1])
    assert steps(folder, locks) == ["requirements-test.lock"]
    assert steps(folder, locks) == []
    assert steps(folder, locks[:1]) == []


@pytest.mark.parametrize("changed", [0, 1])
def test_changed_lock_makes_everything_anew(folder: Path, locks: list[Path], changed: int) -> None:
    steps(folder, locks)
    (folder / "left-over").touch()
    locks[changed].write_text("one==2 --hash=sha256:11\n")
    assert steps(folder, locks) == ["venv", "requirements.lock", "requirements-test.lock"]
    assert not (folder / "left-over").exists()


def test_changed_test_lock_does_not_concern_a_build(folder: Path, locks: list[Path]) -> None:
    steps(folder, locks)
    locks[1].write_text("one==2 --hash=sha256:11\n")
    assert steps(folder, locks[:1]) == []


def test_another_python_makes_everything_anew(folder: Path, locks: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    steps(folder, locks[:1])
    monkeypatch.setattr(sys, "version", "3.99.0 (another)")
    assert steps(folder, locks[:1]) == ["venv", "requirements.lock"]


def test_vanished_python_makes_everything_anew(folder: Path, locks: list[Path]) -> None:
    python = build.ready_environment(folder, locks[:1], FakeRunner())
    python.unlink()
    assert steps(folder, locks[:1]) == ["venv", "requirements.lock"]


@pytest.mark.parametrize("fails_at", ["venv", "pip"])
def test_failed_first_run_is_repaired_by_the_next(folder: Path, locks: list[Path], fails_at: str) -> None:
    with pytest.raises(build.SetupError, match="no such host"):
        build.ready_environment(folder, locks[:1], FakeRunner(fails_at))
    (folder / "half-installed").touch()
    assert steps(folder, locks[:1]) == ["venv", "requirements.lock"]
    assert not (folder / "half-installed").exists()


def test_interrupted_run_is_repaired_by_the_next(folder: Path, locks: list[Path]) -> None:
    def interrupt(command: Sequence[str]) -> tuple[int, str]:
        if "pip" in command:
            raise KeyboardInterrupt
        return FakeRunner()(command)

    with pytest.raises(KeyboardInterrupt):
        build.ready_environment(folder, locks[:1], interrupt)
    assert steps(folder, locks[:1]) == ["venv", "requirements.lock"]


def test_failed_test_packages_are_not_trusted_but_do_not_hinder_a_build(folder: Path, locks: list[Path]) -> None:
    steps(folder, locks[:1])
    with pytest.raises(build.SetupError):
        build.ready_environment(folder, locks, FakeRunner(fails_at=str(locks[1])))
    assert steps(folder, locks[:1]) == []
    assert steps(folder, locks) == ["venv", "requirements.lock", "requirements-test.lock"]


def test_environment_of_somebody_else_is_added_to_and_not_cleared(folder: Path, locks: list[Path]) -> None:
    FakeRunner()(["python", "-m", "venv", str(folder)])
    (folder / "theirs").touch()
    assert steps(folder, locks[:1]) == ["venv", "requirements.lock"]
    assert (folder / "theirs").exists()


def test_failure_of_pip_shows_its_last_words_and_the_remedy(folder: Path, locks: list[Path]) -> None:
    with pytest.raises(build.SetupError) as caught:
        build.ready_environment(folder, locks[:1], FakeRunner("pip"))
    message = str(caught.value)
    assert "requirements.lock failed" in message
    assert "    ERROR: no such host\n" in message
    assert "give the same command again" in message


def test_python_without_venv_is_told_which_package_brings_it(
    folder: Path, locks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(build.SetupError) as caught:
        build.ready_environment(folder, locks[:1], FakeRunner())
    assert "lacks ensurepip" in str(caught.value)
    assert "apt install python3-venv" in str(caught.value)
    assert "python3-pip" in str(caught.value)
    assert not folder.exists()


def test_folder_that_cannot_be_written_is_named(tmp_path: Path, locks: list[Path]) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(build.SetupError, match="file"):
        build.ready_environment(tmp_path / "file" / ".venv", locks, FakeRunner())


def test_setup_problem_is_printed_and_exits_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> Path:
        raise build.SetupError("the moon is in the way")

    monkeypatch.setattr(build, "ready_environment", fail)
    monkeypatch.setattr(build, "has_packages", lambda *_: False)
    assert build.main(["check"]) == 2
    assert capsys.readouterr() == ("", "Reading Room: the moon is in the way\n")


def test_old_python_gets_one_sentence_and_exit_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    monkeypatch.setattr(sys, "version", "3.10.13 (main)")
    with pytest.raises(SystemExit) as caught:
        runpy.run_path(str(build.ROOT / "build.py"), run_name="__main__")
    assert caught.value.code == 2
    assert capsys.readouterr().err == (f"Reading Room needs Python 3.11 or later; this is 3.10.13, {sys.executable}.\n")


def test_old_python_can_read_the_door_and_imports_nothing_before_the_sentence() -> None:
    tree = ast.parse((build.ROOT / "build.py").read_text(encoding="utf-8"), feature_version=OLDEST_GRAMMAR)
    _docstring, first, second, *_ = tree.body
    assert isinstance(first, ast.Import)
    assert [alias.name for alias in first.names] == ["sys"]
    assert isinstance(second, ast.If)


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that the door hands over to; each "exits" with 7."""
    commands: list[list[str]] = []

    def record(command: list[str]) -> int:
        commands.append(command)
        return 7

    monkeypatch.setattr(build, "hand_over", record)
    return commands


@pytest.mark.parametrize(
    ("arguments", "locks", "command"),
    [
        ([], ["requirements.lock"], ["readingroom"]),
        (["build", "-s", "a b", "--", "*"], ["requirements.lock"], ["readingroom", "build", "-s", "a b", "--", "*"]),
        (["explain", "test"], ["requirements.lock"], ["readingroom", "explain", "test"]),
        (["test"], ["requirements.lock", "requirements-test.lock"], ["tests"]),
        (["test", "--long"], ["requirements.lock", "requirements-test.lock"], ["tests", "--long"]),
    ],
)
def test_arguments_arrive_as_they_were_given(
    arguments: list[str],
    locks: list[str],
    command: list[str],
    handed_over: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    asked: list[str] = []

    def ready(_folder: Path, needed: Sequence[Path]) -> Path:
        asked.extend(lock.name for lock in needed)
        return Path("some-python")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(build, "has_packages", lambda *_: False)
    monkeypatch.setattr(build, "ready_environment", ready)
    assert build.main(arguments) == 7
    assert asked == locks
    assert handed_over == [["some-python", "-P", "-m", *command]]
    assert Path.cwd() == (build.ROOT if command[0] == "tests" else tmp_path)


def test_python_that_has_the_package_is_used_as_it_is(
    handed_over: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "has_packages", lambda *names: names == ("readingroom",))
    assert build.main(["check"]) == 7
    assert handed_over == [[sys.executable, "-P", "-m", "readingroom", "check"]]


def test_packages_are_those_of_the_running_python() -> None:
    assert build.has_packages("pytest")
    assert not build.has_packages("pytest", "no-such-package")


def test_command_gets_folder_environment_streams_and_gives_its_exit_code(tmp_path: Path) -> None:
    """Through real processes: the door becomes the command, so nothing stands between it and the shell."""
    (tmp_path / "build.py").write_bytes((build.ROOT / "build.py").read_bytes())
    package = tmp_path / "readingroom"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import os, sys\n"
        "print(os.getcwd(), sys.argv[1:], sys.stdin.read())\n"
        "print('oh', file=sys.stderr)\n"
        "sys.exit(5)\n"
    )
    metadata = tmp_path / "readingroom-0.dist-info" / "METADATA"  # makes the running Python one that has the package
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: readingroom\nVersion: 0\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "readingroom.py").write_text("raise SystemExit('the package of the current folder')")
    result = subprocess.run(
        [sys.executable, str(tmp_path / "build.py"), "check", "ä b"],
        cwd=elsewhere,
        input="in",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (result.returncode, result.stderr) == (5, "oh\n")
    assert result.stdout == f"{elsewhere} ['check', 'ä b'] in\n"


@pytest.mark.parametrize("lock", [build.RUNTIME_LOCK, build.TEST_LOCK])
def test_locks_pin_and_prove_everything_and_name_no_place(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    lines = text.replace("\\\n", "").splitlines()
    pins = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert pins
    for pin in pins:
        assert "==" in pin
        assert "--hash=sha256:" in pin
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


def test_locks_agree() -> None:
    def versions(lock: Path) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))

    runtime, test = versions(build.RUNTIME_LOCK), versions(build.TEST_LOCK)
    shared = runtime.keys() & test.keys()
    assert shared
    assert {name: runtime[name] for name in shared} == {name: test[name] for name in shared}


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A machine without a browser, on which everything else is a success; what is put into the list is then found."""
    found: list[Path] = []
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.setattr(browser, "candidates", lambda: iter(found))
    monkeypatch.setattr(browser, "starts", lambda path: path in found)
    return found


def test_browser_named_by_the_variable_is_the_only_one_tried(
    bare_machine: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bare_machine.append(Path("chromium"))
    monkeypatch.setenv(browser.VARIABLE, "mine")
    with pytest.raises(browser.NoBrowserError, match="is mine, which is not a browser that starts"):
        browser.find_or_install(pytest.fail)


def test_found_browser_is_not_installed_again(bare_machine: list[Path]) -> None:
    bare_machine.append(Path("chromium"))
    assert browser.find_or_install(pytest.fail) == Path("chromium")


def test_ways_to_install_are_tried_until_one_brings_a_browser(
    bare_machine: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = [(name, [[name, "update"], [name, "install"]], 5) for name in ("refused", "useless", "good", "unneeded")]
    ran: list[str] = []

    def run(command: Sequence[str], _seconds: int) -> bool:
        ran.append(" ".join(command))
        if command == ["good", "install"]:
            bare_machine.append(Path("chromium"))
        return command[0] != "refused"

    monkeypatch.setattr(browser, "installations", lambda: iter(ways))
    monkeypatch.setattr(browser, "succeeds", run)
    assert browser.find_or_install(lambda _: None) == Path("chromium")
    assert ran == ["refused update", "useless update", "useless install", "good update", "good install"]


@pytest.mark.usefixtures("bare_machine")
def test_machine_that_gets_no_browser_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "installations", lambda: iter([("a way", [["no-such-command"]], 5)]))
    with pytest.raises(browser.NoBrowserError, match="sudo apt-get install chromium"):
        browser.find_or_install(lambda _: None)


@pytest.mark.skipif(os.name == "nt", reason="has no process groups to end")
def test_time_limit_ends_what_a_command_started(tmp_path: Path) -> None:
    late = tmp_path / "late"
    started = time.monotonic()
    assert not browser.succeeds(["sh", "-c", f"(sleep 0.9; touch {late}) & wait"], 0.3, quiet=True)
    assert time.monotonic() - started < 0.8
    time.sleep(0.8)
    assert not late.exists()


@pytest.mark.parametrize("failing", ["ruff", "mypy", "browser", "pytest", None])
def test_every_step_runs_and_any_failure_fails_the_whole(
    failing: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append(command[2:])
        return subprocess.CompletedProcess(command, 1 if command[2] == failing else 0)

    def find(_announce: object) -> Path:
        if failing == "browser":
            raise browser.NoBrowserError("none")
        return Path("chromium")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(runner, "find_or_install", find)
    assert runner.main(["--long", "-x"]) == (1 if failing else 0)
    assert ran == [["ruff", "check", "."], ["mypy"], ["pytest", "--long", "-x"]]
    assert capsys.readouterr().out.endswith(f"== FAILED: {failing}\n" if failing else "== all passed\n")
