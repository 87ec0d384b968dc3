// Beside allauth's scripts: offers passkeys where the browser knows them, and says it when none was given.

for (const part of document.querySelectorAll("[data-passkey-only]")) part.hidden = !("credentials" in navigator && window.PublicKeyCredential);

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const said of document.querySelectorAll("[data-passkey-said]")) said.hidden = false;
});
