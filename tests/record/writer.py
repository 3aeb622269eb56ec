"""A program that adds reports to a case and tells of each once it is safe: to be killed, or run beside another.

python tests/record/writer.py PLACE WHO COUNT
"""

from __future__ import annotations

import sys

from record_stubs import BERG, THORNE, put, report

from trucebook.record.case import open_case


def main(place: str, who: str, count: int) -> None:
    """Add reports of this writer's own, and others that every writer adds."""
    with open_case(place, create=True) as case:
        print("ready", flush=True)  # noqa: T201
        for i in range(count):
            for told in (report(f"{who}-{i}", f"{BERG} By {who}, {i}."), report(f"all-{i}", f"{THORNE} By all, {i}.")):
                print(put(case, told, user=who).name, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
