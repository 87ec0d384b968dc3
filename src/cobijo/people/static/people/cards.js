// The field of a card: a scanner that types and the camera both fill it and send its form.

import { hasCamera, scanOnce } from "./camera.js";

const field = document.querySelector("[data-card-field]");

function take(text) {
  field.value = text;
  field.form.requestSubmit();
}

document.addEventListener("scanned", (event) => {
  event.preventDefault();
  take(event.detail);
});

const way = document.querySelector("[data-camera-way]");
way.hidden = !hasCamera();
way.querySelector("[data-camera]").addEventListener("click", async () => {
  const text = await scanOnce();
  if (text) take(text);
});
