"""The summary of script/test: what is slow, a line a part, and the sum of all."""

from pathlib import Path

import pytest

from script.summary import summary

UNIT = """\
<testsuites><testsuite name="pytest" tests="4">
<testcase classname="tests.test_a" name="test_quick" time="0.25"/>
<testcase classname="tests.test_a" name="test_slow" time="12.5"/>
<testcase classname="tests.test_a" name="test_wrong" time="1"><failure>no</failure>
<error>nor could it be cleaned up</error></testcase>
<testcase classname="tests.test_a" name="test_later" time="0"><skipped/></testcase>
</testsuite></testsuites>"""
FRONTEND = """\
<testsuites><testsuite name="a"><testcase classname="a" name="b" time="2"/></testsuite>
<testsuite name="c"><testcase classname="c" name="d" time="3"/></testsuite></testsuites>"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    (tmp_path / "unit.xml").write_text(UNIT, encoding="utf-8")
    (tmp_path / "unit.seconds").write_text("14\n", encoding="utf-8")
    (tmp_path / "frontend.xml").write_text(FRONTEND, encoding="utf-8")
    (tmp_path / "frontend.seconds").write_text("5\n", encoding="utf-8")
    return tmp_path


def test_the_last_line_is_the_sum_of_all_parts_alone(reports: Path) -> None:
    assert list(summary(reports, ["unit"]))[-1] == "4 passed, 1 failed, 1 skipped"


def test_every_part_has_a_line_with_its_tests_and_time(reports: Path) -> None:
    lines = [" ".join(line.split()) for line in summary(reports, ["unit"])]
    assert "unit 4 tests 14 s 2 passed, 1 failed, 1 skipped" in lines
    assert "frontend 2 tests 5 s 2 passed, 0 failed, 0 skipped" in lines


def test_the_slowest_come_first_and_no_more_than_ten(reports: Path) -> None:
    many = "".join(f'<testcase name="n{n}" time="5"/>' for n in range(20))
    (reports / "live.xml").write_text(f"<testsuites>{many}</testsuites>", "utf-8")
    lines = list(summary(reports, []))
    slowest = lines[1 : lines.index("parts:")]
    assert slowest[0].split() == ["12.5", "s", "tests.test_a::test_slow"]
    assert len(slowest) == 10


@pytest.mark.parametrize("report", [None, "<testsuites><testsu"])
def test_a_part_that_broke_without_a_failed_test_has_failed(
    tmp_path: Path, report: str | None
) -> None:
    if report is not None:
        (tmp_path / "e2e.xml").write_text(report, encoding="utf-8")
    *_, part, total = summary(tmp_path, ["e2e"])
    assert part.startswith("e2e") and "1 failed" in part
    assert total == "0 passed, 1 failed, 0 skipped"
