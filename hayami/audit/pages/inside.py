"""Which elements stand in others of some names, told for a whole page at once."""

from __future__ import annotations

from collections.abc import Set

from hayami.audit.document import Document


class Inside:
    """Answers for one page, worked out when first asked for: to climb from each element would take too long."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found: dict[frozenset[str], Set[int]] = {}

    def of(self, names: frozenset[str]) -> Set[int]:
        """Elements of some names, and everything in them."""
        if names not in self._found:
            held = [index for name in names for index in self.document.by_name.get(name, ())]
            self._found[names] = self.document.parts(held)
        return self._found[names]
