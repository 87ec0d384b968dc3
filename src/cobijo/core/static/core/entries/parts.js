// Small pieces of the page: what the server laid out in <template> elements, cloned and filled with text (never with markup).

/** The first element of the template of that name. */
export const piece = (name) => document.getElementById(`piece-${name}`).content.firstElementChild.cloneNode(true);

/** The part of an element marked data-part="name". */
export const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/** Writes text into the parts of an element; a part that has none is hidden. */
export function write(root, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const place = part(root, name);
    place.textContent = text ?? "";
    place.hidden = text === "" || text === null || text === undefined;
  }
  return root;
}

/** Fills a choice with [value, label] pairs below what it offers already; a null pair draws a line. */
export function offer(select, pairs) {
  for (const pair of pairs) {
    if (pair) select.add(new Option(pair[1], pair[0]));
    else select.append(document.createElement("hr"));
  }
}

/** Says something to readers of the screen, wherever the focus is. */
export function say(sentence, urgent = false) {
  const place = document.getElementById(urgent ? "said-urgent" : "said-aside");
  place.textContent = "";
  // A pause makes the same words twice heard twice.
  setTimeout(() => (place.textContent = sentence), 60);
}

/** Puts the focus on an element that may not take it by itself. */
export function focusOn(element) {
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus();
  return element;
}

/** Takes the sentences of a refusal off a form. */
export function clearWrong(root) {
  for (const said of root.querySelectorAll(".wrong")) said.remove();
  for (const box of root.querySelectorAll("[aria-invalid]")) {
    box.removeAttribute("aria-invalid");
    describe(box, null, `${box.id}-wrong`);
  }
  for (const field of root.querySelectorAll(".field-wrong")) field.classList.remove("field-wrong");
}

/** Says beside a box what does not fit. */
export function showWrong(box, sentence) {
  const field = box.closest(".field, fieldset");
  const said = piece("wrong");
  said.id = `${box.id}-wrong`;
  part(said, "sentence").textContent = sentence;
  field.classList.add("field-wrong");
  field.append(said);
  box.setAttribute("aria-invalid", "true");
  describe(box, said.id);
}

/** Adds or takes away an id of what describes a box. */
function describe(box, id, without) {
  const ids = (box.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== without);
  if (id) ids.push(id);
  if (ids.length) box.setAttribute("aria-describedby", ids.join(" "));
  else box.removeAttribute("aria-describedby");
}

/** The summary on top: every sentence, each leading to its box ([sentence, box or null]). */
export function showSummary(place, wrongs, words) {
  const summary = piece("summary");
  part(summary, "heading").textContent = words;
  for (const [sentence, box] of wrongs) {
    const line = document.createElement("li");
    line.append(box ? linkTo(box, sentence) : sentence);
    part(summary, "list").append(line);
  }
  place.replaceChildren(summary);
  summary.focus();
}

function linkTo(box, sentence) {
  const link = document.createElement("a");
  link.href = `#${box.id}`;
  link.textContent = sentence;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    box.dispatchEvent(new CustomEvent("wanted", { bubbles: true }));
    box.focus();
  });
  return link;
}
