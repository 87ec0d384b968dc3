// The field of a badge on a form of others: a scanner that types and the camera both fill it.

import { hasCamera, scanOnce } from "../people/camera.js";

const field = document.querySelector("[data-badge]");
const way = document.querySelector("[data-camera-way]");

function take(text) {
  field.value = text;
  field.form.querySelector("[type=submit]").focus();
}

document.addEventListener("scanned", (event) => {
  event.preventDefault();
  take(event.detail);
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !field.value.trim()) return;
  event.preventDefault();
  field.form.querySelector("[type=submit]").focus();
});
way.hidden = !hasCamera();
way.querySelector("[data-camera]").addEventListener("click", async () => {
  const text = await scanOnce();
  if (text) take(text);
});
