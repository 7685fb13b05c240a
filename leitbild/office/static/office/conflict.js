// Whoever begins to write a text of both has chosen it.

for (const own of document.querySelectorAll("[data-own]")) {
  own.querySelector("textarea").addEventListener("input", () => {
    own.querySelector("input[type=radio]").checked = true;
  });
}
