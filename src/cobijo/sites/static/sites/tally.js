// The tally at a door: big buttons beside each number, the total, and what is not saved yet.

const form = document.querySelector("[data-tally-form]");
const boxes = [...form.querySelectorAll("[data-tally]")];
const total = form.querySelector("[data-total]");
const unsaved = form.querySelector("[data-unsaved]");
const saved = sum();

function count(box) {
  const number = Number.parseInt(box.value, 10);
  return Number.isFinite(number) && number > 0 ? number : 0;
}

function sum() {
  return boxes.reduce((all, box) => all + count(box), 0);
}

function isChanged() {
  return boxes.some((box) => count(box) !== (Number.parseInt(box.defaultValue, 10) || 0));
}

function say() {
  const now = sum();
  const more = now - saved;
  total.textContent = String(now);
  unsaved.textContent = isChanged() ? `${more < 0 ? "−" : "+"}${Math.abs(more)} ${unsaved.dataset.words}` : "";
}

function step(box, by) {
  box.value = String(Math.max(count(box) + by, 0));
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const row of form.querySelectorAll("[data-tally-row]")) {
  const box = row.querySelector("[data-tally]");
  for (const [button, by] of [[row.querySelector("[data-less]"), -1], [row.querySelector("[data-more]"), 1]]) {
    button.hidden = false;
    button.addEventListener("click", () => step(box, by));
  }
  box.addEventListener("keydown", (event) => {
    if (event.key !== "+" && event.key !== "-") return;
    event.preventDefault();
    step(box, event.key === "+" ? 1 : -1);
  });
}
form.addEventListener("input", say);
