"""Recognition does not get worse: the scores on real papers are not below the floors in `scores.yml`."""

from pathlib import Path

import pytest

from tests.scores import KINDS, SHARED, TOOL, below, digest, floors, scores_of, write_floors


@pytest.mark.parametrize("corpus", KINDS)
def test_no_score_is_below_its_floor(corpus: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    place = SHARED / "corpora" / corpus
    if not (place.is_dir() and TOOL.is_file()):
        pytest.skip(f"not measured: there is no corpus at {place}, or no {TOOL}; the floors hold only where both are")
    found = scores_of(corpus, tmp_path)
    held = floors().get(corpus, {})
    wrong = below(held.get("floors", {}), found)
    if pytestconfig.getoption("--update-scores"):
        lowered = [line for line in wrong if "none" not in line]
        if lowered and not pytestconfig.getoption("--allow-lower"):
            pytest.fail("not written, for it would lower (--allow-lower to do so on purpose):\n" + "\n".join(lowered))
        write_floors(corpus, found)
        return
    assert held.get("corpus") == digest(place), f"{place} is not what the floors were measured on: --update-scores"
    assert held.get("tool") == digest(TOOL), f"{TOOL} is not what the floors were measured with: --update-scores"
    assert not wrong, "below the floors of tests/scores.yml:\n" + "\n".join(wrong)


def test_lower_missing_and_new_fields_are_told() -> None:
    floor = {"hand": {"date": "9/10", "to": "5/10", "from": "1/2"}}
    found = {"hand": {"date": "8/10", "to": "6/10", "type": "1/1"}}
    assert below(floor, found) == [
        "hand, date: 8/10, floor 9/10",
        "hand, from: floor 1/2, found none",
        "hand, type: floor none, found 1/1",
    ]
    assert below(floor, floor) == []
