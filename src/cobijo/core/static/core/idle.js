// At a shared device: the page locks by itself after some idle minutes, with Alt L at once, and in every tab at a time.

const form = document.querySelector("[data-lock]");
const PATIENCE = Number(form.dataset.minutes) * 60_000;
const TOLD_EVERY = 10_000;
const others = new BroadcastChannel("cobijo-lock");

let touched = Date.now();
let told = 0;

function touch() {
  touched = Date.now();
  if (touched - told < TOLD_EVERY) return;
  told = touched;
  others.postMessage("busy");
}

/** The session ends on the server whatever the page does; what waits to be sent makes the browser ask before it leaves. */
async function lock() {
  clearInterval(watch);
  others.postMessage("locked");
  document.documentElement.dataset.locked = "";
  await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
  leave();
}

const leave = () => location.replace(new URL("../", form.action));
const watch = setInterval(() => Date.now() - touched >= PATIENCE && lock(), 1000);

for (const sign of ["keydown", "pointerdown", "wheel", "touchmove"]) {
  document.addEventListener(sign, touch, { passive: true, capture: true });
}
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.key.toLowerCase() !== "l") return;
  event.preventDefault();
  form.requestSubmit();
});
form.addEventListener("submit", () => others.postMessage("locked"));
others.addEventListener("message", ({ data }) => (data === "busy" ? (touched = Date.now()) : leave()));
// A page that comes back out of the browser's memory belongs to whoever was here before.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
