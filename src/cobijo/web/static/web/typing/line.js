// One line of a form: the boxes, the keys that work in them, and the member it makes.

import { monthsOld, readBirth, tellBirth } from "../desk/said_birth.js";
import { part, piece } from "../../core/entries/parts.js";
import { fill } from "../../core/entries/words.js";
import { needsOf, valueOf } from "./letters.js";

const DITTO = /["”“»]\s*$/;
const ONE_LETTER = ["kinship", "sex", "presence", "feeding"];
const TYPED = ["names", "sex", "age", "needs"];
const YEAR = 12;
const NO_PARTS = { given_names: "", first_surname: "", second_surname: "", married_name: "", sure: true };

let made = 0;

export class Line {
  #sheet;
  #ids;
  #offered = "";
  #parted = { text: "", parts: Promise.resolve(NO_PARTS) };

  constructor(sheet) {
    this.#sheet = sheet;
    const id = () => sheet.screen.clock.id();
    this.#ids = { person: id(), stay: id() };
    this.root = piece("line");
    this.#nameBoxes((made += 1));
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.root.addEventListener("input", (event) => this.#typed(event));
    this.box("names").addEventListener("change", () => this.#showParts());
  }

  get personId() {
    return this.#ids.person;
  }

  box(name) {
    return this.root.querySelector(`[data-name="${name}"]`);
  }

  value(name) {
    return this.box(name).value.trim();
  }

  get first() {
    return this.box("names");
  }

  get isEmpty() {
    return TYPED.every((name) => !this.value(name));
  }

  get isHere() {
    return (valueOf(this.#letters.presence, this.value("presence")) ?? "here") === "here";
  }

  get isHead() {
    return valueOf(this.#letters.kinship, this.value("kinship")) === "head";
  }

  get #letters() {
    return this.#sheet.letters;
  }

  /** Where this line stands; a first one is the head's, by the letter of the form, unless another is typed. */
  place(at) {
    part(this.root, "number").textContent = String(at + 1);
    this.root.setAttribute("aria-label", fill(this.#sheet.words.line, { n: at + 1 }));
    const box = this.box("kinship");
    if (at > 0 || (box.value && box.value !== this.#offered)) return;
    [this.#offered] = Object.entries(this.#letters.kinship).find(([, value]) => value === "head");
    box.value = this.#offered;
  }

  #nameBoxes(at) {
    for (const box of this.root.querySelectorAll("[data-name]")) {
      box.id = `l${at}-${box.dataset.name}`;
      box.closest(".field").querySelector("label").htmlFor = box.id;
    }
    part(this.root, "says").id = `l${at}-says`;
    this.first.setAttribute("aria-describedby", `l${at}-says`);
  }

  // --- keys ----------------------------------------------------------------------------------------------------------

  #key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.target.dataset.name;
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      this.#enter(name);
    } else if (event.key === "Tab" && !event.shiftKey && name === "names" && this.value("kinship")) {
      event.preventDefault();
      this.box("sex").focus();
    }
  }

  /** On to the next line; for an infant, to what it takes first. */
  #enter(name) {
    const asks = !part(this.root, "baby").hidden && !this.value("feeding") && name !== "feeding";
    if (asks) this.box("feeding").focus();
    else this.#sheet.after(this);
  }

  /** A letter that fits leads on by itself. */
  #typed({ target }) {
    const { name } = target.dataset;
    if (name === "age") this.#tellAge();
    if (ONE_LETTER.includes(name) && valueOf(this.#letters[name], target.value)) {
      const next = { kinship: "sex", sex: "age", presence: "needs" }[name];
      if (next) this.box(next).focus();
    }
    this.#sheet.changed();
  }

  // --- names ---------------------------------------------------------------------------------------------------------

  /** The parts of the name as typed; a mark at its end takes the surnames of the line above. */
  parts() {
    const text = this.value("names");
    if (text !== this.#parted.text) this.#parted = { text, parts: this.#take(text) };
    return this.#parted.parts;
  }

  async #take(text) {
    if (!text) return NO_PARTS;
    if (!DITTO.test(text)) return this.#sheet.screen.takeApart(text);
    const above = this.#sheet.above(this);
    const surnames = above ? await above.parts() : NO_PARTS;
    const { first_surname, second_surname } = surnames;
    return { ...NO_PARTS, given_names: text.replace(DITTO, "").replace(/["”“»]/g, "").trim(), first_surname, second_surname };
  }

  /** What could not be asked now is asked again when it is needed. */
  forgetParts() {
    this.#parted = { text: "", parts: Promise.resolve(NO_PARTS) };
  }

  async #showParts() {
    const parts = await this.parts().catch(() => null);
    if (!parts) return this.forgetParts();
    const { words } = this.#sheet;
    const said = [
      parts.given_names,
      ...["first_surname", "second_surname", "married_name"].filter((name) => parts[name]).map((name) => `${words[name]}: ${parts[name]}`),
    ].filter(Boolean);
    this.#say(said.join(" · "), parts.sure ? "" : `${words.unsure} ${said.join(" · ")} ${words.part}`);
  }

  // --- what is said back ----------------------------------------------------------------------------------------------

  #name = "";
  #wants = "";
  #age = "";

  #say(name, wants) {
    [this.#name, this.#wants] = [name, wants];
    this.#write();
  }

  #tellAge() {
    const { birth } = this.#birth();
    const { screen, words } = this.#sheet;
    this.#age = birth ? tellBirth(birth, { today: this.#sheet.day(), locale: screen.locale, words: { ...screen.catalogue, ...words } }) : "";
    part(this.root, "baby").hidden = !this.#isInfant(birth);
    this.#write();
  }

  #write() {
    const place = part(this.root, "says");
    place.textContent = [this.#wants || this.#name, this.#age].filter(Boolean).join(" — ");
    place.classList.toggle("line-wants", Boolean(this.#wants));
  }

  #birth() {
    return readBirth(this.value("age"), { order: this.#sheet.screen.site.order, today: this.#sheet.day() });
  }

  #isInfant(birth) {
    const months = birth ? monthsOld(birth, this.#sheet.day()) : null;
    return months !== null && months < YEAR;
  }

  // --- what it makes -------------------------------------------------------------------------------------------------

  /** What cannot be read: [box, sentence]. */
  problems() {
    const { words, screen } = this.#sheet;
    const found = [];
    for (const name of ONE_LETTER) {
      const box = this.box(name);
      if (valueOf(this.#letters[name], box.value) === undefined) found.push([box, this.#noLetter(name, box.value)]);
    }
    const { wrong } = needsOf(this.#letters.needs, this.value("needs"));
    if (wrong) found.push([this.box("needs"), this.#noLetter("needs", wrong)]);
    const { problem } = this.#birth();
    if (problem) found.push([this.box("age"), screen.catalogue[`birth_${problem}`] ?? words.no_moment]);
    return found;
  }

  #noLetter(name, letter) {
    const letters = Object.keys(this.#letters[name]).join(", ");
    return fill(this.#sheet.words.no_letter, { letter: letter.toUpperCase(), letters });
  }

  /** The member as the verb takes it. shared: what holds for the whole family. */
  async record(shared, space) {
    const { sure, ...names } = await this.parts();
    const { values } = needsOf(this.#letters.needs, this.value("needs"));
    const { birth } = this.#birth();
    const presence = valueOf(this.#letters.presence, this.value("presence")) ?? "here";
    const feeding = this.#isInfant(birth) ? valueOf(this.#letters.feeding, this.value("feeding")) : null;
    return {
      person_id: this.#ids.person,
      ...names,
      newborn_unnamed: values.includes("newborn") && !names.given_names,
      birth: birth ?? {},
      sex: valueOf(this.#letters.sex, this.value("sex")) ?? "unknown",
      kinship: valueOf(this.#letters.kinship, this.value("kinship")) ?? "unrelated",
      presence,
      needs: values.filter((value) => value !== "newborn" && value !== "private"),
      wants_private: values.includes("private"),
      ...(feeding && { feeding }),
      ...shared,
      ...(presence === "here" && { stay_id: this.#ids.stay, space_id: space || null }),
    };
  }

  /** The box beside which a refusal about one of the member's arguments is shown. */
  boxFor(steps) {
    const boxes = { birth: "age", sex: "sex", kinship: "kinship", presence: "presence", needs: "needs", feeding: "feeding" };
    return this.box(boxes[steps[0]] ?? "names");
  }
}
