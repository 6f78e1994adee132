"""The command line: what each command says, and with which status it ends."""

from __future__ import annotations

import argparse
import io
import json
import keyword
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

import jsonschema
import pytest
import yaml

from hayami import (
    cli,
    commands,
    editor_schema,
    environment,
    load,
    pipeline,
    problems,
    progress,
    publish,
    scaffold,
    validate,
    yamltree,
)
from hayami.audit import browser as looking
from hayami.audit.rules import RULES
from hayami.commands.options import base_url
from hayami.messages import MESSAGES
from hayami.schema import help as key_help
from hayami.schema.record import KINDS
from hayami.schema.site import SiteSettings
from hayami.schema.words import Words

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
NAMES = tuple(one.NAME for one in commands.COMMANDS)
BUILD = str(pipeline.PROJECT / "build.py")
KIND = {
    "programme": "programmes",
    "organisation": "organisations",
    "facility": "facilities",
    "event": "events",
}

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    def run(*arguments: str | Path) -> Ran:
        try:
            status = cli.main([str(one) for one in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run


def process(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Runs ``build.py`` as an editor does, with pipes for a terminal."""
    command = [sys.executable, BUILD, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, timeout=120)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the golden catalogue that a test may change."""
    folder = tmp_path / "content"
    shutil.copytree(GOLDEN, folder)
    return folder


@pytest.fixture
def wrong(content: Path) -> Path:
    """The catalogue with two faults in one file."""
    record = content / "facilities" / "hall" / "record.yaml"
    text = record.read_text(encoding="utf-8").replace("pages: [3]", "pages: [3]\ncolor: red")
    record.write_text(text.replace("1996-04, s", "1996-13, s"), encoding="utf-8", newline="\n")
    return content


# --- help ---------------------------------------------------------------------------------------


def _commands() -> dict[str, argparse.ArgumentParser]:
    chosen = [one for one in cli.parser()._actions if isinstance(one, argparse._SubParsersAction)]
    commands: dict[str, argparse.ArgumentParser] = dict(chosen[0].choices)
    return commands


def test_every_command_that_is_offered_can_be_run() -> None:
    modules = {path.stem for path in Path(commands.__file__).parent.glob("*.py")} - {"__init__", "options"}
    assert tuple(_commands()) == NAMES
    # A word of Python's own can name no module.
    named = {f"{one}_" if keyword.iskeyword(one) else one.replace("-", "_") for one in NAMES}
    assert named == modules


@pytest.mark.parametrize("command", ["", *NAMES])
def test_help_tells_all(command: str, run: Run) -> None:
    """Each command tells each of its options, and each option what it is for."""
    asked = run(command, "--help") if command else run("--help")
    assert asked.status == 0
    assert asked.err == ""
    if not command:
        assert "exit status: 0 all is well" in asked.out
        assert all(re.search(rf"^    {one}( |$)", asked.out, re.MULTILINE) for one in NAMES)
        return
    assert f"build.py {command}" in asked.out
    for action in _commands()[command]._actions:
        name = action.option_strings[-1] if action.option_strings else action.dest
        assert (",".join(action.choices) if action.choices else name) in asked.out
        assert action.help, f"{command} {name} tells nothing"


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.startswith("hayami ")


# --- exit status --------------------------------------------------------------------------------


def test_status_0_when_all_is_well(run: Run, tmp_path: Path) -> None:
    assert run("check", "--content", GOLDEN) == Ran(
        0, "問題はありません: 記録4件\nAll is well: 4 records\n", ""
    )
    built = run("--content", GOLDEN, "--out", tmp_path / "site", "--lang-messages", "en")
    assert built.status == 0
    assert built.err == ""
    assert built.out.startswith("Done: 4 records, ")
    assert "--base-url" in built.out
    assert built.out.endswith(
        f"To look at it: python3 build.py serve --content {pipeline.shown_path(GOLDEN)}\n"
    )
    assert (tmp_path / "site" / "programmes" / "machine-grant" / "index.html").is_file()


def test_status_1_when_problems_were_found(run: Run, wrong: Path, tmp_path: Path) -> None:
    checked = run("check", "--content", wrong, "--lang-messages", "en")
    assert checked.status == 1
    assert checked.out == ""
    assert checked.err.endswith("2 errors, 0 warnings\n")
    out = tmp_path / "site"
    built = run("build", "--content", wrong, "--out", out, "--lang-messages", "en")
    assert built.status == 1
    assert built.err == checked.err
    assert built.out.endswith("site was left as it was.\n")
    assert not out.exists()


def test_a_folder_that_is_missing_is_a_problem_and_no_trace(run: Run, tmp_path: Path) -> None:
    for command in (["check"], ["build", "--out", tmp_path / "site"], ["new", "event", "x"]):
        ran = run(*command, "--content", tmp_path / "nowhere")
        assert ran.status == 1
        assert f"{(tmp_path / 'nowhere').as_posix()}:1:1: error[missing-file]" in ran.err
    # Not a missing page for every quotation.
    ran = run("check", "--content", GOLDEN, "--source", tmp_path / "nowhere")
    assert (ran.status, ran.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("option", ["--site-url=https://example.org/", "--base-path=/x/", "--waivers=w.yaml"])
def test_what_a_browser_has_no_use_for_is_not_taken_silently(run: Run, tmp_path: Path, option: str) -> None:
    ran = run("audit", tmp_path, "--browser", option)
    assert ran.status == 2
    assert option.partition("=")[0] in ran.err


def test_a_browser_is_shown_no_folder_without_pages(run: Run, tmp_path: Path) -> None:
    ran = run("audit", tmp_path, "--browser")
    assert ran.status == 2
    assert "There is no HTML file here." in ran.err
    (tmp_path / "a#b?.html").write_text("<p>c</p>", encoding="utf-8")
    assert looking.kinds(tmp_path) == ["a%23b%3F.html"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], "build?"),
        (["check", "--colour"], "--colour"),
        (["check", "--langmessages=ja"], "Did you mean: --lang-messages?"),
        (["--lang-messages", "ja", "check"], "The command stands first."),
        (["check", "extra"], "extra"),
        # Whole names only: this is no --portable.
        (["build", "--port"], "--port"),
        (["new", "programme"], "slug"),
        (["new", "shop", "x"], "shop"),
        (["check", "--as-of", "2024-02-30"], "2024-02-30"),
        (["check", "--as-of", "20240319"], "20240319"),
        (["check", "--as-of", "today"], "today"),
        (["check", "--lang-messages", "fr"], "fr"),
        (["check", "--format", "html"], "html"),
        (["serve", "--port", "65536"], "65536"),
        (["serve", "--port", "http"], "http"),
        (["explain", "--lang-messages"], "--lang-messages"),
    ],
)
def test_status_2_when_the_command_is_wrong(arguments: list[str], said: str, run: Run) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert said in ran.err.splitlines()[-1]
    assert _JAPANESE.search(ran.err)


def test_statuses_reach_the_shell(wrong: Path, tmp_path: Path) -> None:
    """What is well is asked for signs of a terminal as well (test_pipes_get_no_signs_for_a_terminal)."""
    assert process("check", "--content", wrong, cwd=tmp_path).returncode == 1
    assert process("check", "--colour", cwd=tmp_path).returncode == 2


def test_a_command_that_is_broken_off_says_so_and_shows_no_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken_off(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", broken_off)
    assert environment._run_here(["check"]) == 130
    assert capsys.readouterr().err == "中断しました。 / Interrupted.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe without a reader is another error there")
def test_a_reader_that_goes_is_no_fault() -> None:
    """As in ``build.py explain | head -1``."""
    command = [sys.executable, BUILD, "explain"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as told:
        assert told.stdout is not None
        assert told.stderr is not None
        told.stdout.close()
        assert told.stderr.read() == b""
    assert told.returncode == 141


# --- options ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://example.org", True),
        ("https://example.org/a/b/", True),
        ("http://localhost:8000/", True),
        ("https://例え.jp/", True),
        ("ftp://example.org/", False),
        ("example.org", False),
        ("https://", False),
        ("https://example.org/?a=b", False),
        ("https://example.org/#a", False),
        ("https://exa mple.org/", False),
        ("https://exa\\mple.org/", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_addresses_are_judged_as_in_the_settings(address: str, taken: bool, run: Run) -> None:
    """``--base-url`` takes what ``base_url`` of site.yaml takes, and makes the same of it."""
    tree, _ = load.read_tree(GOLDEN / "site.yaml", "site.yaml")
    assert tree is not None
    key = yamltree.Scalar("base_url", 1, 1)
    given = yamltree.Mapping((*tree.entries, (key, yamltree.Scalar(address, 1, 1))), 1, 1)
    settings, found = validate.declare(SiteSettings, given, "site.yaml")
    assert [one.code for one in found] in ([], ["wrong-type"], ["empty-value"])
    assert (settings is not None) == taken
    if settings is not None:
        assert base_url(address) == settings.base_url
        return
    ran = run("check", "--content", GOLDEN, "--base-url", address)
    assert ran.status == 2
    assert ran.err.splitlines()[-1].endswith("is not like https://example.org/path/")


def test_the_date_of_the_material_can_be_given(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert run("--content", GOLDEN, "--out", out, "--as-of", "2024-07-01").status == 0
    page = (out / "en" / "index.html").read_text(encoding="utf-8")
    assert "1 July 2024" in page
    assert "2024.07.01" in page


@pytest.mark.parametrize("language", ["ja", "en", "both"])
def test_messages_come_in_the_language_that_was_asked_for(
    language: Literal["ja", "en", "both"], run: Run, wrong: Path, tmp_path: Path
) -> None:
    checked = run("check", "--content", wrong, "--lang-messages", language)
    found = pipeline.check(pipeline.Options(wrong)).problems
    lines = [problems.as_text(one, language) for one in found]
    assert checked.err.startswith("\n".join(lines) + "\n")
    well = run("check", "--content", GOLDEN, "--lang-messages", language)
    built = run("--content", wrong, "--out", tmp_path / "x", "--lang-messages", language)
    for said in (checked.err, well.out, built.out, built.err):
        # Lines of a file are shown as they stand, in whatever language that is.
        shown = r"(?m)^(    (?:今の|line |こう|write|.*見本|.*Sample).*[)）]:)\n.*$"
        text = re.sub(shown, r"\1", said.replace(str(tmp_path), ""))
        assert bool(_JAPANESE.search(text)) == (language != "en")
        english = re.search(r"errors|well|left as it|There is no key", text)
        assert bool(english) == (language != "ja")


def test_problems_of_a_pull_request_are_marked_at_their_line(
    run: Run, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(wrong.parent)
    ran = run("check", "--content", wrong, "--format", "github", "--lang-messages", "en")
    assert ran.status == 1
    place = "file=content/facilities/hall/record.yaml"
    lines = ran.out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"::error {place},line=4,col=1,title=error[unknown-key]::")
    assert lines[1].startswith(f"::error {place},line=7,col=16,title=error[impossible-date]::")
    assert ran.err == "2 errors, 0 warnings\n"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert cli.parser().parse_args(["check"]).format == "github"
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert cli.parser().parse_args(["check"]).format == "text"


def test_nothing_can_break_out_of_a_mark_of_a_pull_request() -> None:
    values = {"key": "a\nb::error::c%0A"}
    problem = problems.Problem(problems.Place("x,y:z%.yaml", 3, 4), "unknown-key", values)
    line = problems.as_github(problem)
    assert "\n" not in line
    assert line.startswith("::error file=x%2Cy%3Az%25.yaml,line=3,col=4,title=error[unknown-key]::")
    assert "a\\nb::error::c%250A" in line


# --- explain ------------------------------------------------------------------------------------


def test_every_code_can_be_explained(run: Run) -> None:
    listed = run("explain")
    assert listed.status == 0
    for code, message in MESSAGES.items():
        assert re.search(rf"^{code} ", listed.out, re.MULTILINE)
        ran = run("explain", code)
        assert ran.status == 0
        assert ran.out.startswith(f"{message.severity}[{code}]\n")
        for part in (message.text, message.cure, message.why):
            assert f"  {part['ja']}\n  {part['en']}\n" in ran.out
        english = run("explain", code, "--lang-messages", "en").out
        assert message.why["en"] in english
        assert message.why["ja"] not in english


def test_codes_are_listed_in_the_language_that_was_asked_for(run: Run) -> None:
    assert not _JAPANESE.search(run("explain", "--lang-messages", "en").out)
    assert "The file" not in run("explain", "--lang-messages", "ja").out


def test_every_rule_of_the_audit_can_be_explained(run: Run) -> None:
    listed = run("explain").out
    for code, rule in RULES.items():
        assert re.search(rf"^{code} ", listed, re.MULTILINE)
        ran = run("explain", code)
        assert ran.status == 0
        assert f"{rule.severity}[{code}]\n" in ran.out
        for part in (rule.text, rule.cure):
            assert f"  {part['ja']}\n  {part['en']}\n" in ran.out
        assert (f"  {rule.criterion}\n" in ran.out) == (rule.criterion is not None)


def test_an_unknown_code_brings_the_nearest(run: Run) -> None:
    ran = run("explain", "mising-words")
    assert ran.status == 1
    assert ran.out == ""
    assert "missing-words" in ran.err


# --- schema -------------------------------------------------------------------------------------


def test_the_committed_schemas_are_current(run: Run) -> None:
    assert run("schema", "--check") == Ran(0, "", "")
    files = {path.name for path in editor_schema.FOLDER.iterdir()}
    assert files == {path.name for path in editor_schema.texts()}


def test_stale_schemas_are_named_and_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor_schema, "FOLDER", tmp_path / "json")
    monkeypatch.chdir(tmp_path)
    content = tmp_path / "content"
    shutil.copytree(GOLDEN, content)
    schema = ("schema", "--content", str(content))
    assert len(run(*schema).out.splitlines()) == len(editor_schema.texts()) + len(KINDS)
    assert run(*schema) == Ran(0, "", "")
    (tmp_path / "json" / "words.json").unlink()
    (tmp_path / "json" / "site.json").write_text("{}\n", encoding="utf-8")
    named = "json/site.json\njson/words.json\n"
    checked = run(*schema, "--check")
    assert checked.status == 1
    assert sorted(checked.out.split()) == named.split()
    assert (tmp_path / "json" / "site.json").read_text(encoding="utf-8") == "{}\n"
    assert sorted(run(*schema).out.split()) == named.split()
    assert run(*schema, "--check") == Ran(0, "", "")


def test_ids_of_a_catalogue_are_offered_with_their_meaning(run: Run, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(GOLDEN, content)
    run("schema", "--content", str(content))
    file = content / editor_schema.OWN_FOLDER / "programmes.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    assert schema["properties"]["purposes"]["properties"]["grow"]["description"] == "伸ばす / Grow"
    kind = schema["$defs"]["Offer"]["properties"]["kind"]
    assert kind["enumDescriptions"][kind["enum"].index("grant")] == "助成金 / Grant"
    costs = schema["$defs"]["Offer"]["properties"]["costs"]["anyOf"][1]["items"]
    assert costs["enum"] == ["machines", "tools", "travel"]
    assert costs["enumDescriptions"][0].startswith("機械 / ")
    record = yaml.safe_load((content / "programmes/machine-grant/record.yaml").read_text(encoding="utf-8"))
    record = json.loads(json.dumps(record, default=str))
    jsonschema.Draft202012Validator(schema).validate(record)
    record["offers"][0]["costs"] = ["machine"]
    faults = list(jsonschema.Draft202012Validator(schema).iter_errors(record))
    assert faults
    built = pipeline.check(pipeline.Options(content))
    assert built.problems == (), "the folder is no content"


def test_a_catalogue_with_a_new_id_fails_no_check(run: Run, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(GOLDEN, content)
    schema = ("schema", "--content", str(content))
    run(*schema)
    file = content / "vocabulary.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("purposes: [grow, save]", "purposes: [grow, save, heal]"), encoding="utf-8")
    checked = run(*schema, "--check")
    assert checked.status == 0
    assert checked.out.count(".schema/") == len(KINDS)


def test_every_key_has_help_in_japanese_and_no_help_is_left_over() -> None:
    used = set()
    models = editor_schema.written_models()
    assert len(models) > 50
    for model in models:
        for name, info in model.model_fields.items():
            key = info.alias or name
            said = key_help.of(model.__name__, key)
            assert said, f"{model.__name__}.{key}"
            assert _JAPANESE.search(said), said
            used.add(f"{model.__name__}.{key}" if f"{model.__name__}.{key}" in key_help.KEYS else key)
    assert set(key_help.KEYS) - used == set()


def test_editors_find_a_schema_for_every_file() -> None:
    text = (pipeline.PROJECT / ".vscode/settings.json").read_text(encoding="utf-8")
    settings = json.loads(re.sub(r"^\s*//.*", "", text, flags=re.MULTILINE))
    globs: list[str] = []
    for schema, files in settings["yaml.schemas"].items():
        assert (pipeline.PROJECT / schema).is_file(), schema
        globs += [files] if isinstance(files, str) else files
    content = pipeline.PROJECT / "content"
    every = {path.relative_to(pipeline.PROJECT).as_posix() for path in content.rglob("*.yaml")}
    assert {one for one in every if not any(fnmatch(one, glob) for glob in globs)} == set()


# --- where a site may be written ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("content", "out-protected"),
        ("content/site", "out-protected"),
        (".", "out-protected"),
        ("project", "out-protected"),
        ("project/..", "out-protected"),
        ("project/templates", "out-protected"),
        ("project/assets/site", "out-protected"),
        ("foreign", "out-not-ours"),
        ("branch", "out-not-ours"),
        ("file", "out-not-a-folder"),
    ],
)
def test_folders_that_are_not_ours_are_refused(
    where: str, code: str, run: Run, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Should a refusal ever fail, the test must not be what overwrites the project.
    monkeypatch.setattr(publish, "publish", lambda *_: pytest.fail("would have written"))
    for name in ("foreign", "branch/.git"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "foreign" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    first, _, rest = where.partition("/")
    out = pipeline.PROJECT / rest if first == "project" else tmp_path / where
    ran = run("--content", content, "--out", out)
    assert ran.status == 1
    assert f"error[{code}]" in ran.err
    assert ran.out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["branch", "content", "file", "foreign"]


def test_a_folder_that_cannot_be_made_is_told_without_a_trace(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    ran = run("--content", GOLDEN, "--out", tmp_path / "file" / "site", "--lang-messages", "en")
    assert ran.status == 1
    assert "file" in ran.err
    assert "left as it was" in ran.out
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


# --- new ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KIND)
def test_a_new_record_lacks_only_what_an_editor_must_write(kind: str, run: Run, content: Path) -> None:
    made = run("new", kind, "brand-new", "--content", content, "--lang-messages", "en")
    assert made.status == 0
    folder = content / KIND[kind] / "brand-new"
    assert sorted(path.name for path in folder.iterdir()) == ["en.md", "ja.md", "record.yaml"]
    assert len(made.out.splitlines()) == 4
    assert made.out.endswith(f"python3 build.py check --content {pipeline.shown_path(content)}.\n")
    found = pipeline.check(pipeline.Options(content)).problems
    assert found
    assert {Path(one.place.file).parent.name for one in found} == {"brand-new"}
    assert {one.code for one in found} <= {
        "empty-value",
        "unstated-missing",
        "stale-translation",
        "missing-key",
    }


@pytest.mark.parametrize("kind", KIND)
def test_a_new_record_is_right_once_it_is_filled_in(kind: str, run: Run, content: Path) -> None:
    assert run("new", kind, "brand-new", "--content", content).status == 0
    folder = content / KIND[kind] / "brand-new"
    _fill(folder / "record.yaml", {"category": "money", "pages": "[1]"})
    if kind in ("programme", "event"):
        _fill(folder / "record.yaml", {"unstated": "[body]"})
    words = {"name": "Name", "short_name": "Name", "summary": "One sentence."}
    _fill(folder / "ja.md", {**words, "reading": "よみ", "romaji": "Yomi"})
    _fill(folder / "en.md", {**words, "translated_from": "unknown"})
    told = [
        one.values["stamp"]
        for one in pipeline.check(pipeline.Options(content)).problems
        if one.code == "stale-translation"
    ]
    assert len(told) == 1
    _fill(folder / "en.md", {"translated_from": told[0]})
    assert run("check", "--content", content) == Ran(
        0, "問題はありません: 記録5件\nAll is well: 5 records\n", ""
    )


def _fill(path: Path, values: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        text, count = re.subn(rf"^{key}:.*$", f"{key}: {value}", text, count=1, flags=re.MULTILINE)
        assert count == 1, f"{path.name} offers no {key}"
    path.write_text(text, encoding="utf-8", newline="\n")


def _without_marks(text: str) -> str:
    """A template with its examples taken out of their comments, and its explanations left in."""
    return re.sub(r"^# (?=  |[a-z_]+:(?: \S*|$))", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("kind", KIND)
def test_examples_in_a_new_record_are_right(kind: str, run: Run, content: Path) -> None:
    assert run("new", kind, "brand-new", "--content", content).status == 0
    folder = content / KIND[kind] / "brand-new"
    record = folder / "record.yaml"
    _fill(record, {"category": "money", "pages": "[1]"})
    shown = _without_marks(record.read_text(encoding="utf-8"))
    assert shown != record.read_text(encoding="utf-8")
    record.write_text(shown, encoding="utf-8", newline="\n")
    tree, found = load.read_tree(record, "record.yaml")
    assert tree is not None, found
    assert validate.declare(KINDS[KIND[kind]], tree, "record.yaml")[1] == ()
    words = _without_marks((folder / "ja.md").read_text(encoding="utf-8"))
    words = re.sub(r"^(name|short_name|summary|reading|romaji):$", r"\1: x", words, flags=re.MULTILINE)
    (folder / "front.yaml").write_text(words.split("---\n")[1], encoding="utf-8", newline="\n")
    tree, found = load.read_tree(folder / "front.yaml", "ja.md")
    assert tree is not None, found
    value, faults = validate.declare(Words, tree, "ja.md")
    assert faults == ()
    assert value is not None
    assert set(value.offers) == {"grant"}


@pytest.mark.parametrize(
    ("kind", "slug", "code"),
    [
        ("programme", "machine-grant", "duplicate-slug"),
        ("event", "machine-grant", "duplicate-slug"),
        ("programme", "tool-grant", "duplicate-slug"),
        ("facility", "Hall", "illegal-slug"),
        ("facility", "a--b", "illegal-slug"),
        ("facility", "../x", "illegal-slug"),
        ("facility", "日本", "illegal-slug"),
        ("facility", "a" * (load.MAX_SLUG + 1), "illegal-slug"),
        ("programme", "a-file", "duplicate-slug"),
    ],
)
def test_a_slug_that_is_taken_or_illegal_is_refused(
    kind: str, slug: str, code: str, run: Run, content: Path
) -> None:
    (content / "programmes" / "a-file").write_text("mine", encoding="utf-8")
    before = sorted(path.as_posix() for path in content.parent.rglob("*"))
    ran = run("new", kind, slug, "--content", content)
    assert ran.status == 1
    assert f"error[{code}]" in ran.err
    assert ran.out == ""
    assert sorted(path.as_posix() for path in content.parent.rglob("*")) == before


def test_a_record_may_be_named_like_a_term(run: Run, content: Path) -> None:
    """Terms and pages have addresses of their own."""
    assert run("new", "programme", "bcp", "--content", content).status == 0


def test_nothing_is_made_while_the_settings_cannot_be_read(run: Run, content: Path) -> None:
    (content / "site.yaml").write_text("a: [\n", encoding="utf-8", newline="\n")
    ran = run("new", "programme", "brand-new", "--content", content)
    assert ran.status == 1
    assert "error[yaml-syntax]" in ran.err
    assert not (content / "programmes" / "brand-new").exists()


def test_a_new_record_takes_the_date_that_is_given(run: Run, content: Path) -> None:
    ran = run("new", "event", "brand-new", "--content", content, "--as-of", "2025-03-01")
    assert ran.status == 0
    text = (content / "events" / "brand-new" / "record.yaml").read_text(encoding="utf-8")
    assert "\nas_of: 2025-03-01\n" in text


def test_kinds_on_the_command_line_are_those_of_the_catalogue() -> None:
    kind = next(one for one in _commands()["new"]._actions if one.dest == "kind")
    assert set(kind.choices or ()) == set(KIND)
    assert set(KIND.values()) == set(KINDS) == set(scaffold._TYPES)


# --- signs of life ------------------------------------------------------------------------------


def test_pipes_get_no_signs_for_a_terminal(tmp_path: Path) -> None:
    done = process("--content", GOLDEN, "--out", tmp_path / "site", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == b""
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", done.stdout.replace(b"\r\n", b"\n"))


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "ci", "shown"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_a_sign_of_life_is_for_somebody_who_looks(
    terminal: bool, ci: bool, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = _Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)
    if ci:
        monkeypatch.setenv("CI", "true")
    with progress.working("Building"):
        pass
    assert ("Building" in stream.getvalue()) == shown
    assert bool(stream.getvalue()) == shown
