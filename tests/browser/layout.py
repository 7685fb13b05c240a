"""What a page measures: what sticks out, what is too small to hit, what is cut off."""

from typing import Any, Final

from playwright.sync_api import Page

CONTROLS: Final = (
    "button, .button, summary, .masthead a, .chip, .stone-link, .matrix__link, .legend a, .turn a, "
    ".listing__head a, .band__name a, .band__goal, input:not([type=checkbox], [type=radio]), select"
)
"""What stands by itself and is made to be pressed."""
TARGET: Final = 44
LEAST: Final = 24
"""Least size of a target by WCAG 2.2, success criterion 2.5.8."""

_STICKING_OUT: Final = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((each) => {
      const box = each.getBoundingClientRect();
      return box.width > 1 && (box.right > width + 1 || box.left < -1);
    })
    .map((each) => `${each.tagName}.${each.className.baseVal ?? each.className}: `
      + (each.innerText ?? "").slice(0, 40))
    .concat("the page scrolls sideways");
}"""
_TOO_LOW: Final = """([selector, least]) =>
  [...document.querySelectorAll(selector)]
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.height > 1 && box.height < least - 0.5 && each.checkVisibility())
    .map(([each, box]) => `${each.outerHTML.slice(0, 80)} is ${Math.round(box.height)} px high`)"""
_CUT_OFF: Final = """() =>
  [...document.querySelectorAll("body *")]
    .filter((each) => {
      const style = getComputedStyle(each);
      return style.overflow !== "visible" && style.clipPath === "none" && style.opacity !== "0"
        && each.innerText && each.checkVisibility() && each.clientHeight > 1
        && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
    })
    .map((each) => `${each.className}: ${each.innerText.slice(0, 40)}`)"""
_FOCUS: Final = """() => {
  const each = document.activeElement;
  const style = getComputedStyle(each);
  const box = each.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: `${each.tagName.toLowerCase()} ${each.innerText ?? ""}`.trim().slice(0, 60),
    tag: each.tagName.toLowerCase(),
    id: each.id,
    css: each.className.baseVal ?? each.className,
    href: each.getAttribute("href"),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    onScreen: box.width > 1 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    uncovered: at !== null && (each.contains(at) || at.contains(each)),
  };
}"""


def sticking_out(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(_STICKING_OUT)
    return found


def too_low(page: Page, selector: str = CONTROLS, least: int = TARGET) -> list[str]:
    """Visible controls that are lower than `least` CSS pixels."""
    found: list[str] = page.evaluate(_TOO_LOW, [selector, least])
    return found


def cut_off(page: Page) -> list[str]:
    """Texts that don't fit their box and can't be read to the end."""
    found: list[str] = page.evaluate(_CUT_OFF)
    return found


def enlarge_text(page: Page, times: int = 2) -> None:
    """Show text at twice its size, as a reader sets it in the browser (WCAG 1.4.4)."""
    sizes = {"standard": 16 * times, "fixed": 13 * times}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})


def focus(page: Page) -> dict[str, Any]:
    """The element that has the focus: what it is, and whether one can see that it has it."""
    found: dict[str, Any] = page.evaluate(_FOCUS)
    return found
