"""The score on the examples of the ACT rules: how it is counted, and where there is a copy of them, what is reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import act

RULE = """---
id: {id}
name: A rule
---

#### Passed Example 1

Words about it.

```html
{sound}
```

#### Failed Example 1

```html
{faulty}
```

#### Failed Example 2

```html
{other}
```

#### Inapplicable Example 1

```svg
<svg xmlns="http://www.w3.org/2000/svg"></svg>
```
"""
SOUND = '<html lang="en"></html>'


def told(folder: Path) -> dict[str, tuple[int, int, int, int]]:
    scores, _ = act.score(folder)
    return {rule: (one.found, one.failed, one.false, one.sound) for rule, one in scores.items()}


def test_what_is_found_and_what_is_a_false_alarm(tmp_path: Path) -> None:
    text = RULE.format(id="b5c3f8", sound=SOUND, faulty="<html></html>", other=SOUND)
    (tmp_path / "a.md").write_text(text, "utf-8")
    assert told(tmp_path) == {"b5c3f8": (1, 2, 0, 2)}
    # An unknown rule does not count.
    (tmp_path / "b.md").write_text(text.replace("b5c3f8", "zzzzzz"), "utf-8")
    assert list(told(tmp_path)) == ["b5c3f8"]
    (tmp_path / "a.md").write_text(
        RULE.format(id="b5c3f8", sound="<html></html>", faulty=SOUND, other=SOUND), "utf-8"
    )
    assert told(tmp_path) == {"b5c3f8": (0, 2, 1, 2)}


def test_only_a_rule_of_the_right_kind_counts(tmp_path: Path) -> None:
    # Without a title, too; but that is another rule.
    (tmp_path / "a.md").write_text(
        RULE.format(id="bf051a", sound=SOUND, faulty="<html></html>", other="<html lang=xx-1></html>")
    )
    assert told(tmp_path)["bf051a"][:2] == (1, 2)


def test_examples_that_take_a_browser_do_not_count(tmp_path: Path) -> None:
    text = RULE.format(id="09o5cg", sound="a", faulty="b", other="c")
    (tmp_path / "a.md").write_text(text, "utf-8")
    assert [one.name for one in act.examples(tmp_path)] == ["Passed 1", "Failed 1", "Inapplicable 1"]


def test_an_empty_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert act.main(tmp_path) == 1
    assert "no ACT rules" in capsys.readouterr().out
