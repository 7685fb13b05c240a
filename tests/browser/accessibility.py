"""WCAG 2.2 AA by axe-core, contrast included (STYLE rule 19)."""

from collections.abc import Sequence
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BEST_PRACTICE: Final = "best-practice"
# axe reads the colour of every element behind every text anew, which takes a third of its time;
# a page has a few dozen.
COLOURS_ONCE: Final = """
(() => {
  const read = axe.commons.color.Color.prototype.parseString;
  const known = new Map();
  axe.commons.color.Color.prototype.parseString = function (text) {
    if (!known.has(text)) {
      const { r, g, b, alpha } = read.call(this, text);
      known.set(text, { r, g, b, alpha });
    }
    return Object.assign(this, known.get(text));
  };
})();
"""
SCRIPT: Final = Axe().axe_script + COLOURS_ONCE
# What passes is not sent: on a long page that takes longer than finding out.
RUN: Final = "(options) => axe.run(document, options).then((found) => found.violations)"


def violations(page: Page, *, best_practice: bool = True, rules: Sequence[str] = ()) -> list[str]:
    """Broken rules of the page as it stands, each with the elements that break it.

    All rules of WCAG 2.2 AA, or just the `rules` named.
    """
    options: dict[str, Any] = {
        "runOnly": {"type": "rule", "values": list(rules)}
        if rules
        else {"type": "tag", "values": WCAG + [BEST_PRACTICE] * best_practice},
        # axe leaves this rule of WCAG 2.2 off unless told.
        "rules": {"target-size": {"enabled": True}},
        "resultTypes": ["violations"],
        "selectors": False,
    }
    if not page.evaluate("typeof axe === 'object'"):
        # Past Playwright, which would read half a megabyte twice before it sends it.
        page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": SCRIPT})
    found = page.evaluate(RUN, options)
    return [_line(violation) for violation in found]


def _line(violation: dict[str, Any]) -> str:
    nodes = [f"  {node['html']}\n    {node['failureSummary']}" for node in violation["nodes"]]
    return "\n".join([f"{violation['id']} ({violation['impact']}): {violation['help']}", *nodes])


def assert_accessible(page: Page, *, best_practice: bool = True) -> None:
    """Fail with every violation."""
    found = violations(page, best_practice=best_practice)
    assert not found, "\n".join([f"{len(found)} broken rules at {page.url}", *found])
