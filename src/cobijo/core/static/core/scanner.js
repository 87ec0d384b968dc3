// A scanner that types: it sends the signs of a code faster than hands can, wherever the keyboard is, and ends with Enter.
// What it typed is taken out of the form again, as if it had never been, and said as the event "scanned" on the document;
// where nobody takes that up, it goes into the search box. Nothing a person types is touched.

const GAP = 60; // milliseconds between two signs of a scanner; hands rarely stay below it, and never for eight signs
const CODE = /^(?:[A-Z2-7]{136}|C[0-9A-HJKMNP-TV-Z]{7})$/;

let typed = "";
let last = 0;
let before = [];

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const now = event.timeStamp;
  if (event.key === "Enter" || event.key === "Tab") return finish(event, now);
  if (event.key.length !== 1) return;
  if (now - last > GAP) begin(event.target);
  typed += event.key;
  last = now;
}

function begin(target) {
  typed = "";
  before = fieldsAround(target).map((one) => [one, one.value, one.checked, one.getAttribute("aria-pressed")]);
}

function finish(event, now) {
  const text = typed;
  typed = "";
  if (now - last > GAP || !CODE.test(text)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  putBack();
  const said = new CustomEvent("scanned", { detail: text, cancelable: true });
  if (document.dispatchEvent(said)) searchFor(text);
}

/** What a scanner that types may change: the fields and switches of the form it types into, or the one field. */
function fieldsAround(target) {
  const form = target.closest?.("form");
  if (form) return [...form.querySelectorAll("input, select, textarea, [aria-pressed]")];
  return "value" in target ? [target] : [];
}

function putBack() {
  for (const [one, value, checked, pressed] of before) {
    if (pressed !== null) {
      if (one.getAttribute("aria-pressed") !== pressed) one.click();
    } else if (one.checked !== checked || (one.value !== value && one.type !== "file")) {
      if (one.checked !== checked) one.checked = checked;
      else one.value = value;
      one.dispatchEvent(new Event("input", { bubbles: true }));
      one.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  before = [];
}

function searchFor(text) {
  const box = document.querySelector("[data-find]");
  if (!box) return;
  box.value = text;
  box.form.requestSubmit();
}

document.addEventListener("keydown", onKey, true);
