// Moves lines without loading the page: buttons, Alt and arrow keys, dragging by the handle.
// Without this module the same buttons send the same form.

const form = document.querySelector("[data-arrange]");
const said = document.querySelector("[data-said]");
const PARENT = { goal: "theme", measure: "goal" };
const EDGE = 60;

const lines = (kind) => [...form.querySelectorAll(`[data-line][data-kind="${kind}"]`)];
const siblings = (line) =>
  lines(line.dataset.kind).filter((each) => each.dataset.under === line.dataset.under);

function show() {
  for (const each of document.querySelectorAll("[data-scripted], [data-handle]")) {
    each.hidden = false;
  }
}

// Send a move as the form would, take the new order from the answer, keep the focus.
async function send(move, focus) {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const data = new FormData(form);
  data.set("move", move);
  try {
    const response = await fetch(form.action, { method: "POST", body: data });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    take(page, move, focus);
  } catch {
    // Without a connection the form itself says so, as every page does.
    form.requestSubmit(form.querySelector(`[value="${CSS.escape(move)}"]`));
  } finally {
    delete form.dataset.busy;
  }
}

function take(page, move, focus) {
  const list = page.querySelector("[data-list]");
  if (!list) {
    location.reload();
    return;
  }
  form.querySelector("[data-list]").replaceWith(list);
  const messages = [...page.querySelectorAll(".said__line")];
  said.textContent = messages.map((each) => each.textContent).join(" ");
  tell(messages.filter((each) => !each.matches(".said__line--success")));
  const faults = page.querySelector(".arrange__reason");
  if (faults) form.querySelector(".arrange__reason").replaceWith(faults);
  show();
  const [kind, pk] = move.split(".");
  const line = document.getElementById(`${kind}-${pk}`);
  const fault = form.querySelector("[data-faults]");
  if (fault) fault.focus();
  else if (line) {
    line.classList.add("arrange__line--moved");
    (line.querySelector(`[data-${focus}]`) ?? line).focus();
    line.scrollIntoView({ block: "nearest" });
  }
}

// What went wrong stays in sight; what went right is seen anyway.
function tell(messages) {
  document.querySelector(".said")?.remove();
  if (!messages.length) return;
  const list = document.createElement("ul");
  list.className = "said plain-list";
  list.append(...messages);
  form.before(list);
}

form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "move") return;
  event.preventDefault();
  send(button.value, button.hasAttribute("data-up") ? "up" : "down");
});

form?.addEventListener("keydown", (event) => {
  const line = event.target.closest("[data-line]");
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (!line || !way || !event.altKey) return;
  event.preventDefault();
  const button = line.querySelector(`[data-${way}]`);
  if (button.value) send(button.value, way);
});

// Dragging: a line is dropped before or after a line of its kind, or onto what it may stand under.

let drag = null;

form?.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button) return;
  event.preventDefault();
  drag = { line: handle.closest("[data-line]"), move: null, pointer: event.pointerId };
  drag.line.classList.add("arrange__line--dragged");
  form.setPointerCapture(event.pointerId);
});

form?.addEventListener("pointermove", (event) => {
  if (drag?.pointer !== event.pointerId) return;
  if (event.clientY < EDGE) scrollBy(0, -EDGE / 4);
  if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
  mark(document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-line]"), event);
});

form?.addEventListener("pointerup", (event) => {
  if (drag?.pointer === event.pointerId) drop();
});
form?.addEventListener("pointercancel", () => drag && drop(true));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag) drop(true);
});

function clear() {
  for (const each of form.querySelectorAll(".arrange__line--before, .arrange__line--after")) {
    each.classList.remove("arrange__line--before", "arrange__line--after");
  }
}

function mark(target, event) {
  clear();
  drag.move = null;
  if (!target || target === drag.line) return;
  const { kind, pk } = drag.line.dataset;
  if (target.dataset.kind === kind) {
    const box = target.getBoundingClientRect();
    const above = event.clientY < box.top + box.height / 2;
    const next = above ? target : after(target);
    target.classList.add(above ? "arrange__line--before" : "arrange__line--after");
    drag.move = [kind, pk, next?.dataset.pk ?? "", target.dataset.under];
  } else if (target.dataset.kind === PARENT[kind]) {
    const first = lines(kind).find(
      (each) => each.dataset.under === target.dataset.pk && each !== drag.line,
    );
    target.classList.add("arrange__line--after");
    drag.move = [kind, pk, first?.dataset.pk ?? "", target.dataset.pk];
  }
}

function after(line) {
  const list = siblings(line).filter((each) => each !== drag.line);
  return list[list.indexOf(line) + 1];
}

function drop(cancelled = false) {
  const { line, move } = drag;
  clear();
  line.classList.remove("arrange__line--dragged");
  drag = null;
  if (move && !cancelled) send(move.join("."), "up");
}

if (form) show();
