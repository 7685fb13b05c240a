// Keeps what is written: on the server as soon as typing pauses, on this device until the
// server has confirmed it. Nothing is ever overwritten: a second window is told, and asks.
import { Device } from "./device.js";

const PAUSE = 800;
const RETRY = 5000;
const HANDLING = new Set(["csrfmiddlewaretoken", "base", "draft", "saves", "part", "do"]);

const form = document.querySelector("[data-autosave]");
if (form) watch(form);

function watch(form) {
  const status = document.querySelector("[data-saving]");
  const field = (name) => form.elements.namedItem(name);
  const text = () => {
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (!HANDLING.has(name)) typed.append(name, value.replaceAll("\r\n", "\n"));
    }
    return typed.toString();
  };
  const version = () => ["base", "draft", "saves"].map((name) => field(name).value).join("/");

  const initial = text();
  let device = new Device(form.dataset.person, form.dataset.autosave);
  let confirmed = "unsaved" in form.dataset ? null : initial;
  let halted = "halted" in form.dataset;
  let sending = null;
  let leaving = false;
  let timer = 0;

  const unsaved = () => text() !== confirmed;

  function say(state, time) {
    for (const each of status.querySelectorAll("[data-state]")) {
      each.hidden = each.dataset.state !== state;
      if (time && !each.hidden) each.querySelector("time").textContent = time;
    }
  }

  function changed() {
    if (!unsaved()) return;
    const kept = device.keep({ version: version(), text: text() });
    form.dataset.kept = kept;
    if (halted) return;
    if (!sending) say("unsaved");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  async function save() {
    clearTimeout(timer);
    if (sending || halted || !unsaved()) return sending;
    sending = send(text());
    try {
      await sending;
    } finally {
      sending = null;
    }
  }

  async function send(sent) {
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "save");
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": token() },
        redirect: "manual",
        keepalive: document.visibilityState === "hidden",
      });
    } catch {
      return again("offline");
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return again("signed-out");
    if (answer.status === 409) {
      halted = true;
      return say("moved");
    }
    if (!answer.ok) return again(answer.status < 500 ? "refused" : "offline");
    return settle(await answer.json(), sent);
  }

  function settle(answer, sent) {
    field("draft").value = answer.draft;
    field("saves").value = answer.saves;
    confirmed = sent;
    device.drop();
    if (answer.address !== form.dataset.autosave) {
      // A part that doesn't exist yet has its draft's address from now on.
      history.replaceState(null, "", answer.address);
      form.action = answer.address;
      form.dataset.autosave = answer.address;
      device = new Device(form.dataset.person, answer.address);
    }
    for (const each of document.querySelectorAll("[data-with-draft]")) each.hidden = false;
    if (unsaved()) return changed();
    return say("saved", answer.at);
  }

  function again(state) {
    say(state === "offline" && form.dataset.kept === "false" ? "offline-unkept" : state);
    clearTimeout(timer);
    timer = setTimeout(save, RETRY);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("focusout", () => unsaved() && save());
  window.addEventListener("online", save);
  document.addEventListener("visibilitychange", () => {
    // Coming back from signing in again, too, is a moment to save.
    if (!leaving && unsaved()) save();
  });
  window.addEventListener("pagehide", () => {
    if (!leaving && !halted && !sending && unsaved()) send(text());
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && unsaved()) event.preventDefault();
  });
  window.addEventListener("pageshow", () => (leaving = false));
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    save();
  });

  form.addEventListener("submit", async (event) => {
    field("csrfmiddlewaretoken").value = token();
    if (sending) {
      // Two answers to one text would look like two windows: one after the other.
      event.preventDefault();
      await sending.catch(() => {});
      form.requestSubmit(event.submitter);
      return;
    }
    leaving = true;
    clearTimeout(timer);
    if (unsaved()) device.keep({ version: version(), text: text(), submitted: true });
  });

  offer();
  if (confirmed === null && !halted) changed();

  // A text that never reached the server is offered again, never put in place by itself.
  function offer() {
    const found = device.read();
    if (!found || typeof found.text !== "string") return;
    const arrived = found.submitted && found.version !== version();
    if (arrived || found.text === initial || confirmed === null) {
      if (confirmed !== null) device.drop();
      return;
    }
    const box = document.querySelector("[data-offer]");
    const at = new Date(found.at);
    const language = document.documentElement.lang;
    for (const each of box.querySelectorAll("time")) {
      each.dateTime = at.toISOString();
      each.textContent = at.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
    }
    list(box.querySelector("[data-differing]"), new URLSearchParams(found.text));
    box.querySelector("[data-take]").addEventListener("click", () => {
      fill(new URLSearchParams(found.text));
      box.hidden = true;
      changed();
      form.querySelector("textarea, input:not([type=hidden])").focus();
    });
    box.querySelector("[data-leave]").addEventListener("click", () => {
      device.drop();
      box.hidden = true;
    });
    box.hidden = false;
  }

  function list(place, typed) {
    const now = new URLSearchParams(initial);
    const names = new Set([...typed.keys(), ...now.keys()]);
    for (const name of names) {
      const before = now.getAll(name).join(", ");
      const after = typed.getAll(name).join(", ");
      if (before === after) continue;
      const label = form.querySelector(`[data-field="${CSS.escape(name)}"]`)?.dataset.label ?? name;
      const term = document.createElement("dt");
      const words = document.createElement("dd");
      term.textContent = label;
      words.textContent = after || "–";
      words.dir = "auto";
      place.append(term, words);
    }
  }

  function fill(typed) {
    for (const input of form.elements) {
      if (!input.name || HANDLING.has(input.name)) continue;
      const values = typed.getAll(input.name);
      if (input.type === "checkbox" || input.type === "radio") {
        input.checked = values.includes(input.value);
      } else if (values.length) {
        [input.value] = values;
      }
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The token changes when one signs in again in another window; the cookie has the new one.
  function token() {
    const found = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
    return found ? found[1] : field("csrfmiddlewaretoken").value;
  }
}

// The preview is asked for only where it is seen.
const preview = document.getElementById("preview");
preview?.addEventListener("htmx:beforeRequest", (event) => {
  if (!preview.checkVisibility()) event.preventDefault();
});
