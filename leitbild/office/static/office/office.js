// What every page of the office does; each page's own work stands in its own module.

// Errors are read first.
document.querySelector("[data-faults]")?.focus();

// An open menu closes with Escape and by going elsewhere.
for (const menu of document.querySelectorAll(".menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

// Keyboard shortcuts: G and a letter lead to a room, ? shows them all. Letters by themselves get
// in the way of those who speak to their computer, so they can be switched off (WCAG 2.1.4).
const keys = document.querySelector("[data-keys]");
if (keys) {
  const SWITCHED_OFF = "leitbild.keys.off";
  const WAIT = 1500;
  const rooms = new Map();
  for (const link of document.querySelectorAll("a[data-key]")) {
    if (!rooms.has(link.dataset.key)) rooms.set(link.dataset.key, link);
  }
  const list = keys.querySelector("[data-keys-list]");
  for (const [key, link] of rooms) {
    const line = document.createElement("li");
    const away = document.createElement("a");
    away.href = link.href;
    away.textContent = link.textContent;
    line.append(chord("G", key.toUpperCase()), away);
    list.append(line);
  }

  const use = keys.querySelector("[data-keys-use]");
  use.checked = !remembered();
  use.addEventListener("change", () => remember(!use.checked));

  const opener = document.querySelector("[data-keys-open]");
  opener.hidden = false;
  opener.addEventListener("click", () => keys.showModal());

  let begun = 0;
  document.addEventListener("keydown", (event) => {
    if (remembered() || event.defaultPrevented || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      keys.showModal();
      return;
    }
    const letter = letterOf(event);
    const room = Date.now() - begun < WAIT ? rooms.get(letter) : undefined;
    begun = letter === "g" && !room ? Date.now() : 0;
    if (room) {
      event.preventDefault();
      window.location.assign(room.href);
    }
  });

  // On a keyboard without Latin letters the key that carries one beside its own counts.
  function letterOf(event) {
    if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
    return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : "";
  }

  function isTyping(target) {
    return target.isContentEditable || target.matches("input, select, textarea, [role=textbox]");
  }

  function remembered() {
    try {
      return window.localStorage.getItem(SWITCHED_OFF) !== null;
    } catch {
      return false;
    }
  }

  function remember(isOff) {
    try {
      if (isOff) window.localStorage.setItem(SWITCHED_OFF, "1");
      else window.localStorage.removeItem(SWITCHED_OFF);
    } catch {
      // Without a store the choice lasts as long as the page.
    }
  }

  function chord(...names) {
    const both = document.createElement("span");
    both.className = "keys__chord";
    both.dir = "ltr";
    for (const name of names) {
      const key = document.createElement("kbd");
      key.textContent = name;
      both.append(key, " ");
    }
    return both;
  }
}
