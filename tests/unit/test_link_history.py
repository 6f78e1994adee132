"""What ``links`` remembers from day to day: judging, counting days, and the file that keeps it."""

from __future__ import annotations

import doctest
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayami import cli, locks
from hayami.reachability import history, lychee, outgoing
from hayami.reachability.history import BROKEN_AFTER, Unreadable
from hayami.reachability.lychee import Answer
from hayami.schema.link_history import Failures, History, Past

A, B = "https://a.example/", "https://b.example/x"
START = date(2026, 11, 1)

FINE, GONE, TURNED_AWAY = Answer(200), Answer(404), Answer(429)
MOVED = Answer(200, hops=((301, B),))
TIMED_OUT = Answer(said="Request timed out")
_ANSWERS = st.sampled_from([FINE, GONE, TURNED_AWAY, MOVED, TIMED_OUT])


@given(st.lists(st.tuples(st.integers(0, 40), _ANSWERS), max_size=25))
def test_days_of_failure_are_counted_since_an_address_was_last_reached(
    runs: list[tuple[int, Answer]],
) -> None:
    """Against a model that keeps every day of failure."""
    known, day = History(), START
    failed: dict[date, Answer] = {}
    for gap, answer in runs:
        day += timedelta(gap)
        known = history.after(known, [A], {A: answer}, day)
        if answer in (FINE, MOVED):
            failed.clear()
        elif answer in (GONE, TIMED_OUT):
            failed[day] = answer
        past = known.addresses[A]
        last = failed[max(failed)] if failed else FINE
        expected = {"first": min(failed), "last": max(failed), "days": len(failed)} if failed else None
        assert past.failures == (expected and Failures(**expected, code=last.code, said=last.said))
        assert history.is_broken(past) == (len(failed) >= BROKEN_AFTER)
        assert (past.asked, known.day) == (day, day)
        assert (past.moved_to == B) == (answer == MOVED)
        # What a run writes, the next one reads: all of it, and it holds its own rules.
        assert History.model_validate_json(known.model_dump_json(), strict=True) == known


@given(
    st.dictionaries(st.sampled_from("abcdef"), _ANSWERS),
    st.dictionaries(st.sampled_from("abcdef"), _ANSWERS),
    st.sets(st.sampled_from("abcdef")),
)
def test_only_what_the_site_names_is_kept(
    first: dict[str, Answer], second: dict[str, Answer], named: set[str]
) -> None:
    before = history.after(History(), first, first, START)
    answers = {one: answer for one, answer in second.items() if one in named}
    now = history.after(before, named, answers, START + timedelta(1))
    assert set(now.addresses) == named & (set(first) | set(answers))
    for one in set(now.addresses) - set(answers):
        assert now.addresses[one] == before.addresses[one], "what was not asked stays as it was"


@pytest.mark.parametrize("module", [history, outgoing, locks], ids=lambda one: one.__name__)
def test_the_examples_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_what_is_asked_when() -> None:
    """New ones, those with failures whatever came after, and the others when their time has come."""
    answers = {"fine": FINE, "gone": GONE, "busy": TURNED_AWAY, "moved": MOVED, "gone-busy": GONE}
    known = history.after(History(), answers, answers, START)
    known = history.after(known, answers, {"gone-busy": TURNED_AWAY}, START)
    named = [*answers, "new"]
    assert history.due(known, named, START, 7) == ["gone", "gone-busy", "new"]
    assert history.due(known, named, START + timedelta(6), 7) == ["gone", "gone-busy", "new"]
    assert history.due(known, named, START + timedelta(7), 7) == named
    assert history.due(known, named, START, 0) == named


@pytest.mark.parametrize(
    ("answers", "silent"),
    [
        ({}, False),
        ({A: TIMED_OUT}, True),
        ({A: TIMED_OUT, B: TIMED_OUT}, True),
        ({A: TIMED_OUT, B: GONE}, False),
        ({A: TIMED_OUT, B: Answer(said="timed out", hops=((301, A),))}, False),
        ({A: TIMED_OUT, B: Answer(said="excluded", asked=False)}, True),
        ({B: Answer(said="excluded", asked=False)}, False),
    ],
)
def test_when_no_server_answers_the_fault_may_be_ours(answers: dict[str, Answer], silent: bool) -> None:
    assert history.silent(answers) is silent


def test_witnesses_are_a_few_hosts_that_were_reached() -> None:
    hosts = [f"https://h{n}.example/" for n in range(9)]
    answers = dict.fromkeys(hosts, FINE) | {hosts[1]: GONE, hosts[2]: TURNED_AWAY, hosts[3]: MOVED}
    named = [*hosts, hosts[0] + "again", "https://new.example/"]
    known = history.after(History(), named, answers | {hosts[0] + "again": FINE}, START)
    assert history.witnesses(known, named, [hosts[4] + "x"]) == [hosts[0], hosts[3], hosts[5]]
    assert history.witnesses(History(), named, []) == []


@dataclass
class World:
    """A site that names three hosts, a network, and the days on which a job asked."""

    arguments: list[str]
    state: Path
    answers: dict[str, Answer]
    capture: pytest.CaptureFixture[str]
    asked: list[list[str]] = field(default_factory=list)

    def day(self, number: int) -> tuple[int, str]:
        """Status and errors of the run of a day."""
        self.asked.clear()
        status = cli.main([*self.arguments, "--date", str(START + timedelta(number))])
        return status, self.capture.readouterr().err

    def days_of_failure(self, address: str) -> int:
        failures = history.read(self.state).addresses[address].failures
        return failures.days if failures is not None else 0


C = "https://c.example/"


@pytest.fixture
def world(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> World:
    site = tmp_path / "site"
    site.mkdir()
    links = "".join(f'<a href="{one}">x</a>' for one in (A, B, C))
    (site / "index.html").write_text(links, encoding="utf-8")
    state = tmp_path / "state.json"
    arguments = ["links", "--site", str(site), "--state", str(state)]
    here = World(arguments, state, {A: FINE, B: FINE, C: FINE}, capsys)

    def ask(some: list[str], manners: lychee.Manners) -> dict[str, Answer]:
        here.asked.append(list(some))
        return {one: here.answers[one] for one in some}

    monkeypatch.setattr(lychee, "ask", ask)
    return here


def test_dead_hosts_break_although_nothing_else_is_asked_on_their_days(world: World) -> None:
    world.answers |= {B: TIMED_OUT, C: TIMED_OUT}
    for number in range(3):
        assert world.day(number)[0] == 0
        assert world.days_of_failure(B) == world.days_of_failure(C) == number + 1
    assert world.asked == [[B, C], [A]], "what was fine bears witness"


def test_a_network_that_is_down_is_no_day_of_failure(world: World) -> None:
    world.answers[B] = TIMED_OUT
    world.day(0)
    kept = world.state.read_bytes()
    world.answers |= {A: TIMED_OUT, C: TIMED_OUT}
    status, said = world.day(1)
    assert status == 2
    assert "nothing was counted" in said
    assert world.state.read_bytes() == kept
    world.answers |= {A: FINE, C: FINE}
    assert world.day(2)[0] == 0
    assert world.days_of_failure(B) == 2


def test_nothing_is_counted_where_nobody_ever_answered(world: World) -> None:
    world.answers = dict.fromkeys((A, B, C), TIMED_OUT)
    assert world.day(0)[0] == 2
    assert not world.state.exists()


def test_the_only_host_of_a_site_may_be_dead(world: World) -> None:
    (Path(world.arguments[2]) / "index.html").write_text(f'<a href="{A}">x</a>', encoding="utf-8")
    world.answers[A] = TIMED_OUT
    assert world.day(0)[0] == 0
    assert world.days_of_failure(A) == 1


def test_a_lychee_that_fails_is_no_day_of_failure(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.answers[A] = GONE
    world.day(0)
    kept = world.state.read_bytes()

    def fail(*_: object) -> dict[str, Answer]:
        raise lychee.Unable("だめでした。", "It failed.")

    monkeypatch.setattr(lychee, "ask", fail)
    assert world.day(1) == (2, "だめでした。\nIt failed.\n")
    assert world.state.read_bytes() == kept


def test_a_file_is_written_whole_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "記録.json"
    assert history.read(file) == History()
    known = history.after(History(), [A, B], {A: GONE, B: MOVED}, START)
    history.write(known, file)
    assert history.read(file) == known
    assert [one.name for one in tmp_path.iterdir()] == ["記録.json"]
    with pytest.raises(OSError):
        history.write(known, tmp_path / "none" / "state.json")


def _state(**changes: object) -> str:
    past: dict[str, object] = {
        "asked": "2026-11-04",
        "verdict": "failing",
        "code": 404,
        "failures": {"first": "2026-11-01", "last": "2026-11-04", "days": 3},
    }
    past.update(changes)
    return json.dumps({"format": "hayami-links/1", "day": "2026-11-04", "addresses": {A: past}})


def test_the_state_of_these_tests_is_sound(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text(_state(), encoding="utf-8")
    assert history.is_broken(history.read(tmp_path / "state.json").addresses[A])


_WRONG = {
    "empty": "",
    "cut off": _state()[:-20],
    "a list": "[]",
    "of something else": '{"version": 3, "lockfileVersion": 1}',
    "of a later version": '{"format": "hayami-links/2", "addresses": {}}',
    "a day that is none": _state(asked="2026-13-01"),
    "another verdict": _state(verdict="fine"),
    "failing without failures": _state(failures=None),
    "fine with failures": _state(verdict="ok"),
    "moved to nowhere": _state(verdict="moved", failures=None),
    "asked after the last day": _state(asked="2026-11-05"),
    "failed after it was asked": _state(asked="2026-11-03"),
    "more days than there were": _state(failures={"first": "2026-11-01", "last": "2026-11-02", "days": 3}),
    "no day of failure": _state(failures={"first": "2026-11-01", "last": "2026-11-02", "days": 0}),
    "last before first": _state(failures={"first": "2026-11-02", "last": "2026-11-01", "days": 1}),
    "a further key": _state(extra=1),
}


@pytest.mark.parametrize("text", _WRONG.values(), ids=_WRONG)
def test_a_file_of_something_else_is_refused_and_left_alone(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state.json"
    state.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        history.read(state)
    # Before anything is built or asked.
    assert cli.main(["links", "--state", str(state), "--content", str(tmp_path / "none")]) == 2
    said = capsys.readouterr().err
    assert "state.json" in said
    assert "何も変えていません" in said
    assert "Nothing was changed" in said
    assert state.read_text(encoding="utf-8") == text
    assert [one.name for one in tmp_path.iterdir()] == ["state.json"]


def test_a_day_before_the_last_one_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = tmp_path / "state.json"
    state.write_text(_state(), encoding="utf-8")
    assert cli.main(["links", "--state", str(state), "--date", "2026-11-03"]) == 2
    assert "2026-11-04" in capsys.readouterr().err
    assert state.read_text(encoding="utf-8") == _state()


def test_a_folder_cannot_be_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in (
        ["--state", str(tmp_path)],
        ["--state", str(tmp_path / "none" / "state.json")],
        ["--state", str(tmp_path / "state.json"), "--report", str(tmp_path)],
    ):
        assert cli.main(["links", *more]) == 2
        assert "It cannot be written there" in capsys.readouterr().err


def test_one_file_cannot_be_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = str(tmp_path / "state.json")
    for other in (state, str(tmp_path / ".." / tmp_path.name / "state.json")):
        assert cli.main(["links", "--state", state, "--report", other]) == 2
        assert "are the same file" in capsys.readouterr().err


def test_an_unknown_verdict_leaves_failures_as_they_were() -> None:
    known = history.after(History(), [A], {A: GONE}, START)
    known = history.after(known, [A], {A: TURNED_AWAY}, START + timedelta(1))
    assert known.addresses[A] == Past(
        asked=START + timedelta(1),
        verdict="unknown",
        code=429,
        failures=Failures(first=START, last=START, days=1, code=404),
    )
