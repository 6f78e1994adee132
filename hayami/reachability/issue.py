"""What an editor has to mend, as the text of one GitHub issue; and the same in short for a terminal.

The text says nothing of the day on which it was made, so that it stays the same while nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from hayami.problems import visible
from hayami.reachability.history import BROKEN_AFTER, is_broken
from hayami.reachability.outgoing import Outgoing
from hayami.schema.link_history import Failures, Past

TITLE = "外部リンクの修正が必要です / External links need mending"
MARK = "<!-- hayami: external links -->"
"""First line of the body; by it a job finds the issue again."""

_LONGEST_SECTION = 14_000
"""Bytes of a section: GitHub takes 65,536 characters for the whole, Linux 131,072 bytes for a variable."""
_MOST_PLACES = 6
_LONGEST = 300
"""Characters of an address or of what a server said."""

_MEANING = {
    401: ("許可が要る", "needs permission"),
    403: ("断られた", "refused"),
    404: ("見つからない", "not found"),
    410: ("削除された", "gone"),
    429: ("回数が多いと断られた", "too many requests"),
}
_CLASSES = {
    3: ("転送の先に着けない", "redirects that lead nowhere"),
    4: ("断られた", "refused"),
    5: ("サーバーの不具合", "fault of the server"),
}

Known = Sequence[tuple[Outgoing, Past]]


def sections(outgoing: Sequence[Outgoing], history: Mapping[str, Past]) -> dict[str, Known]:
    """Addresses by what is to be said of them: ``broken``, ``moved``, ``failing``, ``unknown``, ``ok``."""
    found: dict[str, list[tuple[Outgoing, Past]]] = {
        name: [] for name in ("broken", "moved", "failing", "unknown", "ok")
    }
    for one in outgoing:
        past = history.get(one.address)
        if past is not None:
            # What failed on three days stays broken while its server only turns us away.
            found["broken" if is_broken(past) else past.verdict].append((one, past))
    return {name: tuple(some) for name, some in found.items()}


def report(outgoing: Sequence[Outgoing], history: Mapping[str, Past]) -> str:
    """Title, empty line and body in Markdown; nothing at all where nothing is to be mended."""
    by = sections(outgoing, history)
    if not by["broken"] and not by["moved"]:
        return ""
    lines = [
        *(TITLE, "", MARK, ""),
        "ほかのサイトへのリンクを、定期的に確かめています。直すところがなくなると、この知らせは自動で閉じます。",
        "",
        "Links to other sites are checked regularly. This issue closes by itself once nothing is left to mend.",
        "",
    ]
    lines += _section(
        f"リンク切れ / Broken ({len(by['broken'])})",
        f"{BROKEN_AFTER}日以上、開けませんでした。新しいアドレスを探して書き換えるか、リンクを外してください。",
        f"They could not be opened on {BROKEN_AFTER} days or more. Find the new address, or take the link away.",
        by["broken"],
        _failed,
    )
    lines += _section(
        f"移転 / Moved ({len(by['moved'])})",
        "サーバーが新しいアドレスを示しています。同じ内容かどうかを開いて確かめてから、書き換えてください。",
        "The server names a new address. Open it, see that it is the same page, then change the link.",
        by["moved"],
        lambda past: f"→ {_code(past.moved_to or '')}",
    )
    rest = [
        *_section(
            f"様子を見ているもの / Failing, not yet certain ({len(by['failing'])})",
            f"{BROKEN_AFTER}日続くまでは、一時的な故障かもしれません。いまは何もする必要はありません。",
            f"Until it has lasted {BROKEN_AFTER} days it may pass. There is nothing to do yet.",
            by["failing"],
            _failed,
        ),
        *_section(
            f"自動では確かめられないもの / Not to be told by a program ({len(by['unknown'])})",
            "サーバーが自動の確認を断りました。人が開けば見られるかもしれません。",
            "The server turned the program away. A person may well be able to open the page.",
            by["unknown"],
            _reason,
        ),
    ]
    if rest:
        lines += ["<details><summary>ほかのアドレス / Other addresses</summary>", "", *rest, "</details>", ""]
    return "\n".join(lines)


def _section(title: str, ja: str, en: str, some: Known, tell: Callable[[Past], str]) -> Iterator[str]:
    if not some:
        return
    yield from (f"## {title}", "", ja, "", en, "")
    length = 0
    for number, (one, past) in enumerate(some):
        entry = "\n".join(_entry(one, tell(past)))
        length += len(entry.encode())
        if length > _LONGEST_SECTION:
            yield f"- ほか{len(some) - number}件 / and {len(some) - number} more"
            break
        yield entry
    yield ""


def _entry(one: Outgoing, told: str) -> Iterator[str]:
    yield f"- {_code(one.address)}<br>{told}"
    yield from (f"  - {_code(f'{place.file}:{place.line}')}" for place in one.places[:_MOST_PLACES])
    if not one.places:
        yield "  - content/ にはありません（テンプレートなど）。/ Not in content/ (a template, for example)."
    pages = ", ".join(_code(page) for page in one.pages[:_MOST_PLACES])
    more = len(one.pages) - _MOST_PLACES
    yield f"  - ページ / Pages: {pages}" + (f"、ほか{more} / and {more} more" if more > 0 else "")


def _failed(past: Past) -> str:
    """Why and since when an address fails; its server may only turn us away by now."""
    failures = past.failures
    assert failures is not None
    return f"{_reason(failures)}、{failures.first}から / since {failures.first}"


def _reason(what: Past | Failures) -> str:
    if what.code is None:
        return _code(what.said or "?")
    ja, en = _MEANING.get(what.code) or _CLASSES.get(what.code // 100, ("断られた", "refused"))
    return f"{what.code}（{ja} / {en}）"


def _code(text: str) -> str:
    """A code span: servers write some of these texts, and nothing in them may become a link, a name or markup."""
    plain = visible(text).replace("`", "%60").strip()
    return f"`{plain[:_LONGEST]}…`" if len(plain) > _LONGEST else f"`{plain}`"
