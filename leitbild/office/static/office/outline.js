// Counts what is chosen in the outline, and chooses all at once.

const boxes = [...document.querySelectorAll('input[name="m"]')];
const said = document.querySelector("[data-chosen]");
const all = document.querySelector("[data-choose-all]");

function count() {
  const chosen = boxes.filter((box) => box.checked).length;
  said.textContent = chosen ? `(${chosen})` : "";
}

if (said) {
  for (const box of boxes) box.addEventListener("change", count);
  all.hidden = false;
  all.addEventListener("click", () => {
    const missing = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = missing;
    count();
  });
  count();
}

// One menu at a time, and Escape closes it.
const menus = [...document.querySelectorAll(".outline__more")];
document.addEventListener("click", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && menus.find((each) => each.open);
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
