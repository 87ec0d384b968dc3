// Whom the gate looks at now: those a card means, and those of their household, each with a mark for who passes.

import { part, piece, say, write } from "../core/entries/parts.js";
import { fill } from "../core/entries/words.js";

/** Says "passes" with {way, people, meal, back} when a button is pressed, and "left" when nobody passes after all. */
export class GatePeople {
  #here;
  #words;
  #lines = new Map();
  #household = null;

  constructor(root, here) {
    [this.root, this.#here, this.#words] = [root, here, here.words];
    for (const button of root.querySelectorAll("[data-way]"))
      button.addEventListener("click", () => this.#press(button.dataset.way));
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#press(this.#likeliest());
    });
    part(root, "leave").addEventListener("click", () => root.dispatchEvent(new Event("left")));
    root.querySelector("#gate-meal").addEventListener("change", () => this.#sayMeal());
  }

  clear() {
    this.#lines.clear();
    this.#household = null;
    this.root.hidden = true;
    part(this.root, "people").replaceChildren();
    this.root.querySelector("#gate-back").value = "";
  }

  /** found: what the server says of a card. One of the household that is shown joins those who are marked. */
  show(found) {
    const joins = found.household && found.household === this.#household;
    const marked = new Set(joins ? this.#marked().map((line) => line.stay_id) : []);
    for (const line of found.shown) marked.add(line.stay_id);
    this.#household = found.household;
    const all = [...found.shown, ...found.mates];
    this.#lines = new Map(all.map((line) => [line.stay_id, line]));
    part(this.root, "people").replaceChildren(...all.map((line) => this.#person(line, marked.has(line.stay_id))));
    this.root.querySelector("#gate-meal").value = found.meal;
    this.#sayMeal();
    this.#sayHousehold(found);
    this.root.hidden = false;
    this.#prefer();
  }

  // --- one of them -----------------------------------------------------------------------------------------------------

  #person(line, isMarked) {
    const shown = write(piece("gate-person"), {
      name: line.name ?? "",
      code: line.code,
      state: this.#state(line),
      warns: this.#warns(line),
    });
    const box = shown.querySelector("input");
    Object.assign(box, { checked: isMarked, value: line.stay_id });
    box.addEventListener("change", () => this.#prefer());
    const face = part(shown, "photo");
    face.hidden = !line.photo_id;
    part(shown, "faceless").hidden = Boolean(line.photo_id);
    if (line.photo_id) face.src = this.#here.urls.photo.replace("00000000-0000-0000-0000-000000000000", line.photo_id);
    return shown;
  }

  #state(line) {
    if (!line.away) return this.#words.is_in;
    const said = line.since ? fill(this.#words.out_since, { hour: this.#hour(line.since) }) : this.#words.is_out;
    const back = line.expected_back && !line.overdue ? fill(this.#words.back_by, { hour: this.#hour(line.expected_back) }) : "";
    return [said, back].filter(Boolean).join(", ");
  }

  #warns(line) {
    const overdue = line.overdue ? fill(this.#words.overdue, { hour: this.#hour(line.expected_back) }) : "";
    return [overdue, line.to_confirm ? this.#words.to_confirm : ""].filter(Boolean).join(" ");
  }

  #hour(moment) {
    const at = new Date(moment);
    const zone = { timeZone: this.#here.site.zone };
    const day = (one) => new Intl.DateTimeFormat("en-CA", zone).format(one);
    const form = { ...zone, hour: "2-digit", minute: "2-digit", hour12: false };
    if (day(at) !== day(Date.parse(this.#here.now))) Object.assign(form, { weekday: "short", day: "numeric" });
    return new Intl.DateTimeFormat(document.documentElement.lang, form).format(at);
  }

  #sayHousehold(found) {
    const { household, alone, leaves_with, leaves_with_nobody } = this.#words;
    const said = found.household
      ? fill(household, { code: found.household, people: found.people, out: found.out })
      : alone;
    const grown = found.leaves_with.join(", ");
    const child = found.child ? (grown ? fill(leaves_with, { people: grown }) : leaves_with_nobody) : "";
    write(this.root, { household: said, child });
    say([...found.shown.map((line) => `${line.name ?? line.code}, ${this.#state(line)}`), child].join(". "));
  }

  // --- the buttons -----------------------------------------------------------------------------------------------------

  #marked() {
    const boxes = [...this.root.querySelectorAll(".gate-person input:checked")];
    return boxes.map((box) => this.#lines.get(box.value));
  }

  #likeliest() {
    return this.#marked().some((line) => !line.away) ? "out" : "in";
  }

  /** The likeliest button is the one Enter presses, and the one that is looked at first. */
  #prefer() {
    const likeliest = this.#likeliest();
    for (const button of this.root.querySelectorAll("[data-way]")) {
      button.classList.toggle("button-second", button.dataset.way !== likeliest);
      button.disabled = this.#marked().length === 0;
    }
    this.root.querySelector(`[data-way="${likeliest}"]`).focus();
  }

  #sayMeal() {
    const box = this.root.querySelector("#gate-meal");
    part(this.root, "meal-now").textContent = box.selectedOptions[0].textContent;
  }

  #press(way) {
    const people = this.#marked();
    if (!people.length) return say(this.#words.choose_somebody, true);
    const detail = {
      way,
      people,
      meal: this.root.querySelector("#gate-meal").value,
      back: this.root.querySelector("#gate-back").value,
    };
    this.root.dispatchEvent(new CustomEvent("passes", { detail }));
  }
}
