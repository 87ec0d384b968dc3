// What every page can do beyond links and forms. All of it is extra: without it each page still works.

const TYPING = "input, textarea, select, [contenteditable]";

/** `/` goes to the search box; in a queue j and k go down and up, Enter opens as it does anyway. */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  if (event.key === "/") return goTo(document.querySelector("[data-find]"), event);
  if (event.key === "j" || event.key === "k") return goTo(neighbour(event.key === "j" ? 1 : -1), event);
}

function goTo(element, event) {
  if (!element) return;
  event.preventDefault();
  element.focus();
  element.select?.();
}

function neighbour(step) {
  const stops = [...document.querySelectorAll("[data-queue] [data-open]")];
  return stops[stops.indexOf(document.activeElement) + step] ?? (step > 0 ? null : stops[0]);
}

/** A menu closes by Escape and by a press anywhere else; Escape gives the keyboard back to its button. */
function closeMenus(event) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (event.type === "keydown" ? event.key !== "Escape" : menu.contains(event.target)) continue;
    menu.open = false;
    if (event.type === "keydown") menu.querySelector("summary").focus();
  }
}

/** A form with data-confirm="what will happen" asks once more, in a box whose button is named by the act. */
function ask(event) {
  const form = event.target;
  const act = event.submitter;
  if (!form.dataset.confirm || !act || form.dataset.asked) return;
  event.preventDefault();
  const box = document.createElement("dialog");
  const says = document.createElement("p");
  says.textContent = form.dataset.confirm;
  const row = document.createElement("div");
  row.className = "actions";
  const back = button(document.body.dataset.back, "button button-second", () => box.close());
  const go = button(act.textContent.trim(), "button button-danger", () => {
    form.dataset.asked = "yes";
    form.requestSubmit(act);
  });
  row.append(go, back);
  box.append(says, row);
  box.setAttribute("aria-label", form.dataset.confirm);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  back.focus();
}

function button(words, style, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = style;
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

/** Heads marked data-sort="text" or "number" become buttons; a cell's data-value goes before its text. */
function makeSortable(table) {
  for (const head of table.querySelectorAll("th[data-sort]")) {
    if (head.querySelector(".sort")) continue;
    const made = button("", "sort", () => sort(table, head));
    made.append(...head.childNodes);
    head.append(made);
    if (!head.hasAttribute("aria-sort")) head.setAttribute("aria-sort", "none");
  }
  table.classList.add("can-sort");
}

function sort(table, head) {
  const rising = head.getAttribute("aria-sort") !== "ascending";
  for (const other of head.parentNode.children) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", rising ? "ascending" : "descending");
  const column = [...head.parentNode.children].indexOf(head);
  const compare = head.dataset.sort === "number" ? byNumber : byText;
  for (const body of table.tBodies) {
    const rows = [...body.rows].map((row) => [value(row.cells[column]), row]);
    rows.sort(([a], [b]) => (rising ? compare(a, b) : compare(b, a)));
    body.append(...rows.map(([, row]) => row));
  }
}

const value = (cell) => cell.dataset.value ?? cell.textContent.trim();
const byText = (a, b) => a.localeCompare(b, document.documentElement.lang, { numeric: true });
// What is not a number (not known, kept back) goes below every number.
const amount = (text) => (/\d/.test(text) ? Number(text.replace(/[^\d.-]/g, "")) : -Infinity);
const byNumber = (a, b) => (amount(a) === amount(b) ? 0 : amount(a) - amount(b));

/** Rows laid out as two lines on a phone stay a table to a screen reader. */
function nameRoles(table) {
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, td, th")]) {
    const head = part.scope === "row" ? "rowheader" : "columnheader";
    part.setAttribute("role", roles[part.tagName] ?? head);
  }
}

/** On a phone the tabs are wider than the page: the one in force is slid into sight. */
function showTab(tab) {
  if (tab) tab.parentNode.scrollLeft = tab.offsetLeft - tab.parentNode.offsetLeft - 16;
}

function prepare(root) {
  for (const table of root.querySelectorAll("table.two-lines")) nameRoles(table);
  for (const table of root.querySelectorAll("table[data-sortable]")) makeSortable(table);
  root.querySelector("[data-focus]")?.focus();
  showTab(root.querySelector(".tabs [aria-current]"));
}

/** Leaving a form half filled asks first: nothing typed is lost by a wrong press. */
function guard() {
  const touched = new Set();
  document.addEventListener("input", (event) => touched.add(event.target.closest("form[data-guard]")));
  document.addEventListener("submit", (event) => touched.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    touched.delete(null);
    if (touched.size) event.preventDefault();
  });
}

/** Folded tables open for the printer and fold again after. */
function unfoldForPrint() {
  const folded = () => document.querySelectorAll("details.more");
  window.addEventListener("beforeprint", () => folded().forEach((one) => ((one.dataset.was = one.open), (one.open = true))));
  window.addEventListener("afterprint", () => folded().forEach((one) => (one.open = one.dataset.was === "true")));
}

document.addEventListener("keydown", onKey);
document.addEventListener("keydown", closeMenus);
document.addEventListener("click", closeMenus);
document.addEventListener("submit", ask);
document.addEventListener("htmx:load", (event) => prepare(event.target));
guard();
unfoldForPrint();
prepare(document);
