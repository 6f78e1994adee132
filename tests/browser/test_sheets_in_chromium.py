"""A browser reads from the sheets that are served the same rules as from those that are written."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from hayami import pipeline, tokens
from hayami.assets import PARTS, PRINT, Assets, joined

ASSETS = Assets.read(pipeline.PROJECT / "assets", for_styleguide=True)
SHEETS = sorted(name for name in ASSETS.sources if name.endswith(".css") and not name.startswith(PARTS))

FIXED = tokens.constants(
    {name: css.decode() for name, css in ASSETS.sources.items() if name.endswith(".css")}
)

RULES = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const flat = (rules, above) => [...rules].flatMap((rule) =>
    rule.cssRules && !rule.selectorText
      ? flat(rule.cssRules, above + (rule.media ? `@media ${rule.media.mediaText} ` : `@layer ${rule.name ?? ""} `))
      // Custom properties keep their space as it is written.
      : [(above + rule.cssText).replace(/\\s*([,:;{}()])\\s*/g, "$1")]);
  return flat(sheet.cssRules, "");
}"""


def without_fixed(declaration: re.Match[str]) -> str:
    """A declaration, unless its value stands where it is used."""
    return "" if declaration[1] in FIXED else declaration[0]


@pytest.mark.parametrize("name", SHEETS)
def test_the_same_rules_in_the_same_order(browser: Browser, name: str) -> None:
    page = browser.new_page()
    css = re.sub(r"--([\w-]+):[^;]*;", without_fixed, joined(name, ASSETS.sources))
    written = page.evaluate(RULES, tokens.with_constants(css, FIXED))
    screen = page.evaluate(RULES, ASSETS.files[name].decode())
    print_name = name.removesuffix(".css") + PRINT
    paper = page.evaluate(RULES, ASSETS.files[print_name].decode()) if print_name in ASSETS.files else []
    page.close()
    assert len(written) > 3
    assert screen == [rule for rule in written if rule in set(screen)]
    assert paper == [rule for rule in written if rule in set(paper)]
    assert sorted(screen + paper) == sorted(written)
