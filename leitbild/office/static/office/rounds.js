// Counts the measures a round asks for, and chooses all at once.

const bar = document.querySelector("[data-bar]");

if (bar) {
  const boxes = [...document.querySelectorAll('input[name="m"]')];
  const said = bar.querySelector("[data-chosen]");
  const count = () => {
    const number = boxes.filter((box) => box.checked).length;
    said.textContent = said.dataset.text.replace("{number}", number);
  };
  for (const box of boxes) box.addEventListener("change", count);
  bar.querySelector("[data-choose-all]").addEventListener("click", () => {
    const missing = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = missing;
    count();
  });
  bar.hidden = boxes.length === 0;
  count();
}
