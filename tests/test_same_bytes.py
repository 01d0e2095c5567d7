"""The same inputs give the same bytes, whatever order Python happens to keep its sets in."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _built(site: Path, hash_seed: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "readingroom", "build", "--quiet", "--strict", "--site-dir", str(site)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": hash_seed}, check=True)
    return {str(path.relative_to(site)): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def test_two_builds_are_one(tmp_path: Path) -> None:
    first, second = _built(tmp_path / "first", "1"), _built(tmp_path / "second", "2")
    assert list(first) == list(second)
    assert [name for name, data in first.items() if data != second[name]] == []
