// A small toolbar above every Markdown field: the text stays plain text, the marks are typed.

const template = document.querySelector("[data-markdown-bar]");
const MARKS = { bold, heading, list, link };

if (template) {
  for (const area of document.querySelectorAll("textarea[data-markdown]")) equip(area);
}

function equip(area) {
  const bar = template.content.firstElementChild.cloneNode(true);
  bar.setAttribute("aria-controls", area.id);
  area.before(bar);
  const buttons = [...bar.querySelectorAll("button")];
  buttons.forEach((button, place) => {
    button.tabIndex = place ? -1 : 0;
    button.addEventListener("click", () => apply(area, button.dataset.mark));
  });
  bar.addEventListener("keydown", (event) => {
    const back = getComputedStyle(bar).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    const step = event.key === back ? buttons.length - 1 : 1;
    const next = buttons[(buttons.indexOf(document.activeElement) + step) % buttons.length];
    for (const each of buttons) each.tabIndex = each === next ? 0 : -1;
    next.focus();
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    const pressed = event.key.toLowerCase();
    const wanted = buttons.find(
      (each) => each.dataset.key === pressed && ("alt" in each.dataset) === event.altKey,
    );
    if (!wanted) return;
    event.preventDefault();
    apply(area, wanted.dataset.mark);
  });
}

function apply(area, mark) {
  area.focus();
  MARKS[mark](area);
}

// Typed as if by hand, so that the browser's undo takes it back.
function type(area, start, end, words, from, to) {
  area.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, words)) {
    area.setRangeText(words, start, end, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  area.setSelectionRange(start + from, start + to);
}

function bold(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  if (value.slice(start - 2, start) === "**" && value.slice(end, end + 2) === "**") {
    type(area, start - 2, end + 2, words, 0, words.length);
  } else {
    type(area, start, end, `**${words}**`, 2, 2 + words.length);
  }
}

function heading(area) {
  lines(area, (line) => (line.startsWith("#### ") ? line.slice(5) : `#### ${line}`));
}

function list(area) {
  lines(area, (line) => (line.startsWith("- ") ? line.slice(2) : `- ${line}`));
}

// Every line the selection touches.
function lines(area, change) {
  const { selectionStart, selectionEnd, value } = area;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const after = value.indexOf("\n", selectionEnd);
  const end = after < 0 ? value.length : after;
  const words = value.slice(start, end).split("\n").map(change).join("\n");
  type(area, start, end, words, words.length, words.length);
}

function link(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(words);
  const written = isAddress ? `[](${words})` : `[${words}](https://)`;
  const caret = isAddress || !words ? 1 : written.length - 1;
  type(area, start, end, written, caret, caret);
}
