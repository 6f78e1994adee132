"""All rules of our own over every page of the catalogue: its accessibility statement says that they find nothing."""

from __future__ import annotations

from hayami.audit.address import Site
from hayami.audit.run import audit
from tests import sites


def test_the_audit_finds_nothing_in_the_catalogue() -> None:
    assert audit(sites.catalogue() / "sub" / "path", Site()) == []
