// The queue of pairs by keyboard: arrows go from pair to pair, 1, 2 and 3 answer the one in hand and go on, U takes the
// last answer back, O opens both records, Ctrl+Enter keeps all answers.

const form = document.querySelector("[data-pairs]");
const pairs = [...form.querySelectorAll("[data-pair]")];
const answered = form.querySelector("[data-answered]");
const last = form.querySelector("[data-last]");
const TYPING = "input:not([type=radio]), textarea, select";
const given = [];

let hand = 0;

function fill(words, values) {
  return words.replace(/{(\w+)}/g, (_all, name) => values[name]);
}

function choices(pair) {
  return [...pair.querySelectorAll("input[type=radio]")];
}

function chosen(pair) {
  return choices(pair).find((choice) => choice.checked) ?? null;
}

function nameOf(pair) {
  return pair.querySelector("[data-stop]").textContent.trim();
}

function count() {
  const n = pairs.filter(chosen).length;
  answered.textContent = n ? fill(form.dataset.count, { n, of: pairs.length }) : "";
}

function take(at) {
  pairs[hand]?.classList.remove("in-hand");
  hand = at;
  pairs[hand]?.classList.add("in-hand");
}

function goTo(at) {
  const pair = pairs[at];
  if (!pair) return;
  take(at);
  pair.querySelector("[data-stop]").focus({ preventScroll: true });
  pair.scrollIntoView({ block: "start" });
}

function touched(choice) {
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  choice.dispatchEvent(new Event("input", { bubbles: true }));
}

function answer(number) {
  const choice = choices(pairs[hand])[number - 1];
  if (!choice.checked) {
    choice.checked = true;
    touched(choice);
  }
  if (hand + 1 < pairs.length) goTo(hand + 1);
  else form.querySelector("button[type=submit]").focus();
}

function undo() {
  const step = given.pop();
  if (!step) return;
  choices(step.pair).forEach((choice) => (choice.checked = choice === step.before));
  step.pair.before = step.before;
  goTo(pairs.indexOf(step.pair));
  last.textContent = fill(form.dataset.undone, { pair: nameOf(step.pair) });
  count();
}

/** Whatever way an answer came in: say it, and remember what stood before. */
function heard({ target }) {
  const pair = target.closest("[data-pair]");
  if (!pair) return;
  given.push({ pair, before: pair.before ?? null });
  pair.before = target;
  const verdict = target.closest("label").querySelector("span").textContent.trim();
  last.textContent = fill(form.dataset.said, { verdict, pair: nameOf(pair) });
  count();
}

function key(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return form.requestSubmit();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !pairs.length || event.target.closest(TYPING)) return;
  const name = event.key.toLowerCase();
  const isRadio = event.target.matches("[type=radio]"); // arrows choose there, as everywhere
  const next = name === "j" || (name === "arrowdown" && !isRadio);
  const back = name === "k" || (name === "arrowup" && !isRadio);
  if (name >= "1" && name <= "3") answer(Number(name));
  else if (next) goTo(pairs[hand].contains(document.activeElement) ? hand + 1 : hand);
  else if (back) goTo(Math.max(hand - 1, 0));
  else if (name === "u") undo();
  else if (name === "o") pairs[hand].querySelector("[data-both]").click();
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", key);
form.addEventListener("change", heard);
form.addEventListener("focusin", ({ target }) => {
  const at = pairs.findIndex((pair) => pair.contains(target));
  if (at >= 0) take(at);
});
pairs.forEach((pair) => (pair.before = chosen(pair)));
if (pairs.length) {
  take(0);
  count();
}
