// The lock screen: a badge scanned, by a scanner that types or the camera, and six digits. Without it the form works too.

import { hasCamera, scanOnce } from "../people/camera.js";

const form = document.querySelector("[data-unlock]");
const badge = form.querySelector("[data-badge]");
const pin = form.querySelector("[data-pin]");
const pad = form.querySelector("[data-pad]");
const way = form.querySelector("[data-camera-way]");
const DIGITS = 6;

/** A scanner ends with Enter: that is no wish to send the form without a PIN. */
function afterBadge(event) {
  if (event.key !== "Enter" || !badge.value.trim()) return;
  event.preventDefault();
  pin.focus();
}

/** Six digits are a whole PIN: the form goes by itself, once. */
function whenWhole() {
  pin.value = pin.value.replace(/[^0-9]/g, "").slice(0, DIGITS);
  if (pin.value.length < DIGITS || form.ariaBusy) return;
  if (!badge.value.trim()) return badge.focus();
  form.requestSubmit();
}

function press(event) {
  const key = event.target.closest("button");
  if (!key) return;
  pin.value = "back" in key.dataset ? pin.value.slice(0, -1) : pin.value + key.dataset.digit;
  whenWhole();
}

badge.addEventListener("keydown", afterBadge);
pin.addEventListener("input", whenWhole);
pad.addEventListener("click", press);
form.addEventListener("submit", () => (form.ariaBusy = "true"));
way.hidden = !hasCamera();
way.querySelector("[data-camera]").addEventListener("click", async () => {
  const text = await scanOnce();
  if (!text) return;
  badge.value = text;
  pin.focus();
});
pad.hidden = false;
badge.focus();
