"""Each phase of training begins with a checkpoint that a phase before it has written; nothing is trained here."""

from __future__ import annotations

import re
from pathlib import Path

TRAINING = Path(__file__).parent.parent / "training" / "attribution"
PHASE = re.compile(r"^ +train (?P<options>--out .*)$", re.MULTILINE)


def _option(name: str, options: str) -> str | None:
    found = re.search(rf"--{name} (?:\"([^\"]+)\"|(\S+))", options)
    return (found[1] or found[2]) if found else None


def test_a_phase_begins_where_one_before_it_ended() -> None:
    script = (TRAINING / "make_weights.sh").read_text(encoding="utf-8")
    written: list[str] = []
    phases = [match["options"] for match in PHASE.finditer(script)]
    assert len(phases) == 4
    for n, options in enumerate(phases):
        start = _option("init", options) or _option("teacher", options)
        assert (start is None) is (n == 0)
        assert start is None or start == written[-1]
        last = _option("stop-after", options) or _option("epochs", options)
        written.append(f"{_option('out', options)}/epoch{last}.safetensors")
    assert f'--checkpoint "{written[-1]}"' in script


def test_a_failing_phase_ends_the_run_and_a_trial_leaves_the_package_alone() -> None:
    script = (TRAINING / "make_weights.sh").read_text(encoding="utf-8")
    trial = script.split('if [ -n "${REPORTS:-}" ]; then', 1)[1].split("else", 1)[0]
    assert "set -euo pipefail" in script
    assert "src/trucebook" not in trial
    assert "training/attribution" not in trial
    assert "model=$out/model" in trial
    assert "log=$out/train.log" in trial
