"""CPU milliseconds that the audit takes a page, over a built site, by stage.

Run it after ``python3 build.py``: ``.venv/bin/python -m benchmarks.audit_cost [FOLDER]``.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from hayami.audit.document import Document
from hayami.audit.page import read
from hayami.audit.rules import PAGE_RULES
from hayami.audit.run import audit
from hayami.audit.tree import Tree

SITE = Path(__file__).parent.parent / "site"
ROUNDS = 3


def stages(root: Path) -> dict[str, float]:
    """Seconds for all pages: reading, and each module of rules."""
    tree = Tree.of(root)
    texts = [tree.content(name).decode("utf-8") for name in tree.pages()]
    start = time.process_time()
    pages = [read(text) for text in texts]
    found = {"page": time.process_time() - start}
    documents = [Document(page) for page in pages]
    start = time.process_time()
    for document in documents:
        for one in (document.children, document.unspoken, document.languages):
            assert one is not None
    found["document"] = time.process_time() - start
    for module in PAGE_RULES:
        start = time.process_time()
        for document in documents:
            module.check(document, lambda *_, **__: None)
        found[module.__name__.rpartition(".")[2]] = time.process_time() - start
    return found


def main(root: Path) -> None:
    count = len(Tree.of(root).pages())
    start = time.process_time()
    audit(root)
    # A build audits once, and knows nothing yet; a second audit finds what rules have remembered.
    first = time.process_time() - start
    print(f"{first / count * 1000:7.2f} ms  everything, with links and styles, for the first time")
    rounds: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        rounds.append(stages(root))
        start = time.process_time()
        audit(root)
        rounds[-1]["the same again"] = time.process_time() - start
    for name in rounds[0]:
        # The quickest round is the one that other programs disturbed least.
        print(f"{min(one[name] for one in rounds) / count * 1000:7.2f} ms  {name}")
    print(f"{count} pages")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SITE)
