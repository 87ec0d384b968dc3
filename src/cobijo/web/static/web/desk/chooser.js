// A box that finds a place while one types: up and down walk through what was found, Enter or a press takes it, Escape
// closes. What is typed and not taken stays as it is: it is no place of the list, and says so.

const PAUSE = 200;
const LEAST = 2;

export class AreaChooser {
  #input;
  #list;
  #server;
  #words;
  #timer = 0;
  #asked = 0;
  #active = -1;
  #found = [];
  chosen = null;

  constructor(input, list, server, words) {
    [this.#input, this.#list, this.#server, this.#words] = [input, list, server, words];
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    list.addEventListener("pointerdown", (event) => this.#pressed(event));
  }

  /** What was chosen and how it is written; give it back to write it again. */
  get value() {
    return { chosen: this.chosen, text: this.#input.value };
  }

  set value({ chosen, text }) {
    this.chosen = chosen;
    this.#input.value = text;
  }

  #typed() {
    this.chosen = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#find(), PAUSE);
  }

  async #find() {
    const words = this.#input.value.trim();
    if (words.length < LEAST) return this.#close();
    const asked = ++this.#asked;
    const answer = await this.#server.get(`/api/v1/areas?q=${encodeURIComponent(words)}&limit=8`).catch(() => null);
    if (asked !== this.#asked || answer?.status !== 200 || document.activeElement !== this.#input) return;
    this.#show(answer.body.items);
  }

  #show(items) {
    this.#found = items;
    this.#active = -1;
    const lines = items.map((item, at) => this.#line(named(item), at));
    if (!lines.length) lines.push(this.#line(this.#words.no_area, null));
    this.#list.replaceChildren(...lines);
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    this.#move(items.length ? 0 : -1);
  }

  #line(text, at) {
    const line = document.createElement("li");
    line.setAttribute("role", "option");
    line.textContent = text;
    line.id = `${this.#list.id}-${at ?? "none"}`;
    line.setAttribute("aria-selected", "false");
    if (at === null) line.setAttribute("aria-disabled", "true");
    else line.dataset.at = at;
    return line;
  }

  #key(event) {
    if (this.#list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && this.#found.length) {
      this.#move((this.#active + steps[event.key] + this.#found.length) % this.#found.length);
    } else if (event.key === "Enter" && !event.ctrlKey && this.#active >= 0) this.#take(this.#active);
    else if (event.key === "Tab" && this.#active >= 0) return this.#take(this.#active);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(at) {
    this.#active = at;
    [...this.#list.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === at)));
    if (at < 0) this.#input.removeAttribute("aria-activedescendant");
    else this.#input.setAttribute("aria-activedescendant", this.#list.children[at].id);
  }

  #pressed(event) {
    event.preventDefault();
    const at = event.target.closest("[data-at]")?.dataset.at;
    if (at !== undefined) this.#take(Number(at));
  }

  #take(at) {
    this.chosen = this.#found[at].id;
    this.#input.value = named(this.#found[at]);
    this.#input.dispatchEvent(new Event("change", { bubbles: true }));
    this.#close();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}

const named = (area) => (area.parent_name ? `${area.name}, ${area.parent_name}` : area.name);
