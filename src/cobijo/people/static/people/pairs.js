// The queue of pairs by keyboard: arrows go from pair to pair, 1, 2 and 3 answer the one in hand and go on.

const pairs = [...document.querySelectorAll("[data-pair]")];
const TYPING = "input:not([type=radio]), textarea, select";

function inHand() {
  return pairs.findIndex((pair) => pair.contains(document.activeElement));
}

function goTo(at) {
  const pair = pairs[at];
  if (!pair) return;
  pair.querySelector("[data-stop]").focus({ preventScroll: true });
  pair.scrollIntoView({ block: "start" });
}

function answer(number) {
  const at = Math.max(inHand(), 0);
  const choice = pairs[at]?.querySelectorAll("input[type=radio]")[number - 1];
  if (!choice) return;
  choice.checked = true;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  if (at + 1 < pairs.length) goTo(at + 1);
  else document.querySelector("[data-pairs] button[type=submit]").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  if (event.key >= "1" && event.key <= "3") answer(Number(event.key));
  else if (event.key === "ArrowDown" || event.key === "j") goTo(inHand() + 1);
  else if (event.key === "ArrowUp" || event.key === "k") goTo(Math.max(inHand() - 1, 0));
  else return;
  event.preventDefault();
});
