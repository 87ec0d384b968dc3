// The code of an invitation that was scanned stands behind the # of the address, which no server is ever told.

const field = document.querySelector("[data-code]");
if (location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
field.focus();
