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
            self._found[names] = self._all(names)
        return self._found[names]

    def _all(self, names: frozenset[str]) -> Set[int]:
        found: set[int] = set()
        if not names.isdisjoint(self.document.by_name):
            for index, element in enumerate(self.document.elements):
                if element.name in names or element.parent in found:
                    found.add(index)
        return found
