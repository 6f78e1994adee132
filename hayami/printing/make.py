"""Makes the PDFs of a site, proves them against the plan, and keeps them for the next build."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from hayami.printing import imposition, quicker, typeset
from hayami.printing.forms import Job, jobs
from hayami.problems import Place, Problem, Severity
from hayami.render import Printed, Renderer

IMPOSED = "imposed"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a set document, in both languages; nothing is published with one."""

    file: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class PrintProblem(Problem):
    """A fault of a printed form, in words of its own."""

    fault: Fault | None = None

    @property
    def severity(self) -> Severity:
        """It always stops the build."""
        return "error"

    def message(self, language: Literal["ja", "en"]) -> str:
        """What is wrong, and what to do."""
        assert self.fault is not None
        return self.fault.ja if language == "ja" else self.fault.en

    def cure(self, language: Literal["ja", "en"]) -> str:  # noqa: ARG002
        """Nothing more: the message says it."""
        return ""


@dataclass(frozen=True)
class Room:
    """What a sheet has left."""

    language: str
    id: str
    spare: float
    """Millimetres."""


@dataclass(frozen=True)
class Made:
    """The PDFs of a site."""

    files: Mapping[str, bytes]
    """Path in the site → PDF."""
    printed: tuple[Printed, ...] = ()
    rooms: tuple[Room, ...] = ()
    """Sheets of A4, in their order."""
    problems: tuple[PrintProblem, ...] = ()
    from_store: bool = False
    """Everything was there from a build before."""


@dataclass
class _Result:
    files: dict[str, bytes] = field(default_factory=dict)
    facts: list[Printed] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, job: Job, path: str, content: bytes, pages: int, form: str = "", anchor: str = "") -> None:
        """Keep one PDF with what pages say of it."""
        self.files[path] = content
        self.facts.append(Printed(path, job.language, form or job.form, pages, len(content), anchor))


def make(renderer: Renderer, assets: Path, store: Path | None, forms: Sequence[str] = ()) -> Made:
    """Set what is not in ``store`` yet. ``forms`` names some alone. Raises :class:`typeset.Unavailable`."""
    versions = typeset.versions()
    wanted = [job for job in jobs(renderer, assets) if not forms or job.form in forms]
    keys = [job.digest(versions) for job in wanted]
    results: dict[str, _Result] = {}
    for key in keys:
        kept = _read(store, key)
        if kept is not None:
            results[key] = kept
    missing = [(key, job) for key, job in zip(keys, wanted, strict=True) if key not in results]
    for key, result in zip((key for key, _ in missing), set_jobs([job for _, job in missing]), strict=True):
        results[key] = result
        if not result.faults:
            _write(store, key, result)
    _clear(store, keys)
    ordered = [results[key] for key in keys]
    return Made(
        {path: content for one in ordered for path, content in one.files.items()},
        tuple(fact for one in ordered for fact in one.facts),
        tuple(room for one in ordered for room in one.rooms),
        tuple(
            PrintProblem(Place(fault.file), "booklet", {"text": fault.en}, fault=fault)
            for one in ordered
            for fault in one.faults
        ),
        not missing,
    )


def set_jobs(wanted: Sequence[Job]) -> Sequence[_Result]:
    """Set documents side by side, as many as there are cores."""
    workers = min(len(wanted), os.cpu_count() or 1)
    if workers <= 1:
        return [set_job(job) for job in wanted]
    # Fresh processes: what the library keeps must not depend on what was set before.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(set_job, wanted))


def set_job(job: Job) -> _Result:
    """Set one document, prove it, and part off what is a PDF of its own."""
    result = _Result()
    quicker.released()
    setting = typeset.typeset(job.html, job.css, Path(job.fonts), job.base_url)
    result.faults += _faults(job, setting)
    if job.form == "a4":
        result.rooms = [Room(job.language, one.id, one.spare) for one in setting.leaves]
    if result.faults:
        return result
    count = job.pages or setting.pages
    written = setting.pdf(job.descriptions, range(1, count + 1))
    foreign = sorted(one for one in faces_of(written) if not one.startswith(SHIPPED))
    if foreign:
        result.faults.append(
            Fault(
                job.path,
                f"同梱の書体にない文字があり、ほかの書体が入りました: {', '.join(foreign)}",
                f"Some letter is not in the shipped faces, so that others got in: {', '.join(foreign)}",
            )
        )
        return result
    result.add(job, job.path, written, count)
    for part in job.parts:
        cut = setting.pdf(job.descriptions, part.pages, part.title)
        result.add(job, part.path, cut, len(part.pages), part.form, part.anchor)
    if job.form == "a5":
        path = job.path.removesuffix(".pdf") + f"-{IMPOSED}.pdf"
        sheets = imposition.impose(written, setting.document.metadata.title, job.language)
        result.add(job, path, sheets, len(imposition.order(setting.pages)), IMPOSED)
    return result


SHIPPED = ("BIZ-UDPGothic", "BIZ-UDPMincho")
"""How the names of the shipped faces begin in a PDF."""


def faces_of(written: bytes) -> set[str]:
    """Names of the faces in a PDF, without the tag of a subset; with a note where one is not embedded."""
    import pikepdf

    found = set()
    with pikepdf.open(io.BytesIO(written)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
                name = str(one["/FontName"]).lstrip("/").split("+")[-1]
                held = any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3"))
                found.add(name if held else f"not embedded: {name}")
    return found


def _faults(job: Job, setting: typeset.Setting) -> list[Fault]:
    """Whatever differs from the plan: sheets that spill, and anchors that stand elsewhere."""
    faults = []
    for leaf in setting.leaves:
        over = leaf.pages > 1 or leaf.spare < 0
        if job.numbers and over and leaf.id in job.names:
            more = "" if leaf.pages > 1 else f"{-leaf.spare:.1f} mm"
            faults.append(
                Fault(
                    job.names[leaf.id],
                    f"「{leaf.id}」の紙（{job.language}）が1枚に収まりません（{more or '次のページへあふれました'}）。"
                    "content/booklet.yaml の density を1段つめるか、continued で2枚に分けてください。",
                    f"The sheet of {leaf.id} ({job.language}) does not hold its content ({more or 'it runs on to the next page'}). "
                    "In content/booklet.yaml set a closer density, or part it over two sheets with continued.",
                )
            )
    if job.form == "poster" and (setting.pages != 1 or any(leaf.spare < 0 for leaf in setting.leaves)):
        faults.append(Fault(job.path, "早見表が1枚に収まりません。", "The table does not fit on one sheet."))
    for number, text in setting.lost[:1]:
        faults.append(
            Fault(
                job.path,
                f"{number}ページの紙の外に文字が出ています: 「{text}」",
                f"Text stands beyond the edge of page {number}: {text}",
            )
        )
    for sheet, text in setting.dropped[:1]:
        faults.append(
            Fault(
                job.names.get(sheet, job.path),
                f"「{sheet}」の紙（{job.language}）に入りきらず、印刷されない文字があります: 「{text[:40]}」",
                f"Text of the sheet {sheet} ({job.language}) found no room and would not be printed: {text[:40]}",
            )
        )
    wrong = {anchor: page for anchor, page in job.numbers.items() if setting.anchors.get(anchor) != page}
    if wrong and not faults:
        first = next(iter(wrong))
        faults.append(
            Fault(
                job.path,
                f"「{first}」は{wrong[first]}ページのはずですが、{setting.anchors.get(first)}ページにあります。",
                f"{first} should stand on page {wrong[first]}, but is on {setting.anchors.get(first)}.",
            )
        )
    for said in setting.complaints:
        # Properties that only browsers know are no fault.
        if not said.startswith("Ignored"):
            faults.append(Fault(job.path, said, said))
    return faults


# --- what was made before -------------------------------------------------------------------------
def _read(store: Path | None, key: str) -> _Result | None:
    path = None if store is None else store / f"{key}.zip"
    if path is None or not path.is_file():
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            facts = json.loads(archive.read("facts.json"))
            return _Result(
                {name: archive.read(name) for name in archive.namelist() if name != "facts.json"},
                [Printed(**one) for one in facts["printed"]],
                [Room(**one) for one in facts["rooms"]],
            )
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None  # half a file, or one of another version: it is made anew


def _write(store: Path | None, key: str, result: _Result) -> None:
    if store is None:
        return
    store.mkdir(parents=True, exist_ok=True)
    part = store / f"{key}.{os.getpid()}.part"
    with zipfile.ZipFile(part, "w") as archive:
        for name, content in result.files.items():
            archive.writestr(name, content)
        facts = {
            "printed": [asdict(one) for one in result.facts],
            "rooms": [asdict(one) for one in result.rooms],
        }
        archive.writestr("facts.json", json.dumps(facts))
    part.replace(store / f"{key}.zip")


_KEPT = 24
"""Documents kept: those of three builds."""


def _clear(store: Path | None, keys: Sequence[str]) -> None:
    """Throw away the oldest of what this build does not use."""
    if store is None or not store.is_dir():
        return
    others = [path for path in store.glob("*.zip") if path.stem not in keys]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[max(0, _KEPT - len(keys)) :]:
        path.unlink(missing_ok=True)
