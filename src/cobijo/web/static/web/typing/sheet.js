// One form on the screen: what is typed of it, from top to bottom, and the one verb it becomes.

import { AreaChooser } from "../desk/chooser.js";
import { clearWrong, part, say, showSummary, showWrong } from "../../core/entries/parts.js";
import { count, fill } from "../../core/entries/words.js";
import { wholeNumber } from "./letters.js";
import { Line } from "./line.js";

const KEPT = ["day", "hour", "filled_by", "explained"];
const COUNTS = ["size", "sleeping", "animals"];
const MOST = 40;
// Where a refusal of the server about an argument is shown.
const BOX_OF = { card: "card", size_said: "size", here_said: "sleeping", animals: "animals", animals_said: "animals_said", filled_by: "filled_by", space_id: "space" };
const SHARED = { origin_area_id: "area", origin_place: "place", phones: "phone" };

export class Sheet {
  #open = null;
  #lines = [];
  #ids;
  #sent = [];
  #area;

  constructor(screen, root) {
    this.screen = screen;
    this.root = root;
    this.words = screen.words;
    this.#area = new AreaChooser(this.box("area"), root.querySelector("#area-list"), screen.server, screen.catalogue);
    this.#listen();
    this.clear();
  }

  /** The form whose number was looked up; its letters hold from then on. */
  get open() {
    return this.#open;
  }

  set open(found) {
    this.#open = found;
    this.#lines.forEach((line, at) => line.place(at));
  }

  get letters() {
    return this.screen.letters[this.open?.language ?? this.screen.language];
  }

  get householdId() {
    return this.#ids.household;
  }

  box(name) {
    return this.root.querySelector(`:scope > :not(.lines) .sheet-fields [data-name="${name}"]`);
  }

  value(name) {
    return this.box(name).value.trim();
  }

  /** Whether anything is typed that leaving would lose. */
  get isTouched() {
    const boxes = [...this.root.querySelectorAll(".sheet-fields [data-name]")].filter((box) => ![...KEPT, "site", "form"].includes(box.dataset.name));
    return this.#lines.some((line) => !line.isEmpty) || boxes.some((box) => box.value.trim());
  }

  /** An empty form; what stays from form to form stays. */
  clear() {
    const id = () => this.screen.clock.id();
    this.#ids = { household: id(), said: id(), phone: id(), collector: id() };
    for (const box of this.root.querySelectorAll(".sheet-fields [data-name]")) {
      if (![...KEPT, "site"].includes(box.dataset.name)) box.value = "";
    }
    this.#area.value = { chosen: null, text: "" };
    this.#open = null;
    this.#lines = [];
    part(this.root, "lines").replaceChildren();
    part(this.root, "problems").replaceChildren();
    this.#add();
    this.#showPhone();
    this.changed();
  }

  // --- lines ---------------------------------------------------------------------------------------------------------

  #add() {
    const line = new Line(this);
    this.#lines.push(line);
    part(this.root, "lines").append(line.root);
    this.#lines.forEach((one, at) => one.place(at));
    return line;
  }

  above(line) {
    return this.#lines[this.#lines.indexOf(line) - 1];
  }

  /** Enter in a line: on to the next, to a new one after the last; an empty one ends the list. */
  after(line) {
    if (line.isEmpty) return this.box("space").focus();
    const next = this.#lines[this.#lines.indexOf(line) + 1];
    (next ?? this.#add()).first.focus();
  }

  // --- typing --------------------------------------------------------------------------------------------------------

  #listen() {
    const { root } = this;
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.screen.save();
    });
    root.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("input", () => this.changed());
    this.box("phone").addEventListener("input", () => this.#showPhone());
    this.box("form").addEventListener("input", () => (this.open = null));
    this.box("form").addEventListener("change", () => this.open ?? this.screen.lookUp(false));
    this.box("site").addEventListener("change", () => this.screen.chooseSite(this.value("site")));
  }

  #key(event) {
    if (event.isComposing) return;
    const { name } = event.target.dataset;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return this.screen.save();
    }
    if (event.key === "=" && ["area", "place"].includes(name) && !event.target.value) {
      event.preventDefault();
      return this.#repeatOrigin();
    }
    if (event.key !== "Enter" || !event.target.matches("input, select")) return;
    event.preventDefault();
    if (name === "form") return this.screen.lookUp();
    this.#goOn(event.target);
  }

  /** Enter outside the lines: on to the next box, after the counts to the first line. */
  #goOn(box) {
    const stops = [...this.root.querySelectorAll("input, select, button[type=submit]")].filter((one) => one.offsetParent);
    stops[stops.indexOf(box) + 1]?.focus();
  }

  #repeatOrigin() {
    const before = this.screen.lastOrigin;
    if (!before) return;
    this.#area.value = before.area;
    this.box("place").value = before.place;
    say(this.words.repeated);
    this.box("phone").focus();
  }

  #showPhone() {
    for (const name of ["phone-too", "phone-safe"]) part(this.root, name).hidden = !this.value("phone");
  }

  changed() {
    const named = this.#lines.filter((line) => !line.isEmpty);
    const here = named.filter((line) => line.isHere).length;
    const [size, said] = [wholeNumber(this.value("size")), wholeNumber(this.value("sleeping"))];
    const differs = (size !== null && size !== named.length) || (said !== null && said !== here);
    const place = part(this.root, "sum");
    const counted = named.length ? fill(this.words.said_back, { named: named.length, here }) : "";
    const both = { size: size ?? "–", said: said ?? "–" };
    place.textContent = named.length && differs ? `${counted} ${fill(this.words.said_differs, both)}` : counted;
    place.classList.toggle("said-wants", Boolean(named.length && differs));
  }

  // --- when ----------------------------------------------------------------------------------------------------------

  /** The day on which the form was filled in, by the site's calendar: ages were said on it. */
  day() {
    const [year, month, day] = this.value("day").split("-").map(Number);
    return day ? { year, month, day } : this.screen.today();
  }

  /** The moment of arrival; null where it cannot be one, undefined where nothing was said. */
  moment() {
    const [day, hour] = [this.value("day"), this.value("hour")];
    if (!day && !hour) return undefined;
    if (!day) return null;
    if (!hour && day === this.screen.todayText()) return undefined;
    const said = this.screen.clock.moment(`${day}T${hour || "12:00"}`, this.screen.site.zone);
    return said ? new Date(said) : null;
  }

  // --- saving --------------------------------------------------------------------------------------------------------

  /** What keeps it from being sent, shown beside the boxes and on top; true if nothing does. */
  check() {
    clearWrong(this.root);
    part(this.root, "problems").replaceChildren();
    const wrongs = [...this.#wrongs()];
    for (const [box, sentence] of wrongs) showWrong(box, sentence);
    if (wrongs.length) this.#summary(wrongs.map(([box, sentence]) => [sentence, box]));
    return !wrongs.length;
  }

  *#wrongs() {
    const { words } = this;
    if (!this.value("form")) yield [this.box("form"), words.no_number];
    const moment = this.moment();
    if (moment === null) yield [this.box("day"), words.no_moment];
    else if (moment && moment > this.screen.clock.now()) yield [this.box("day"), words.future];
    for (const name of COUNTS) if (Number.isNaN(wholeNumber(this.value(name)))) yield [this.box(name), words.no_whole_number];
    const named = this.#lines.filter((line) => !line.isEmpty);
    if (!named.length) yield [this.#lines[0].first, words.nobody];
    if (named.length > MOST) yield [named[MOST].first, words.many];
    for (const line of named) yield* line.problems();
  }

  /** The arguments of the verb; asks for the names in their parts where that is still to come. */
  async call() {
    this.#sent = this.#lines.filter((line) => !line.isEmpty);
    const head = this.#sent.find((line) => line.isHead) ?? this.#sent[0];
    const shared = { ...this.#origin(), ...(this.value("explained") && { languages: [this.value("explained")] }) };
    const space = this.value("space");
    const members = await Promise.all(
      this.#sent.map((line) => line.record({ ...shared, phones: line === head ? this.#phones() : [] }, space)),
    );
    const card = this.value("card");
    return {
      form: { number: this.value("form"), ...(card && { card }) },
      household_id: this.#ids.household,
      site_id: this.screen.site.id,
      members,
      facts: this.#facts(head),
    };
  }

  #origin() {
    const place = [this.value("place"), this.#area.chosen ? "" : this.value("area")].filter(Boolean).join(", ");
    return { ...(this.#area.chosen && { origin_area_id: this.#area.chosen }), ...(place && { origin_place: place }) };
  }

  #phones() {
    const number = this.value("phone");
    if (!number) return [];
    const safe = { yes: true, no: false }[this.value("safe")] ?? null;
    return [{ phone_id: this.#ids.phone, number, answered_by: this.value("answered_by"), safe_to_call: safe }];
  }

  #facts(head) {
    const spoke = head.isHead ? "head" : "other";
    return {
      said_id: this.#ids.said,
      person_id: head.personId,
      size_said: wholeNumber(this.value("size")),
      here_said: wholeNumber(this.value("sleeping")),
      animals: wholeNumber(this.value("animals")),
      animals_said: this.value("animals_said"),
      informed_by: spoke,
      filled_by: this.value("filled_by"),
      explained_in: this.value("explained") || null,
    };
  }

  /** Who else may receive, as a verb of its own; null where nobody is written. */
  collector() {
    const name = this.value("collector");
    if (!name) return null;
    const head = this.#sent.find((line) => line.isHead) ?? this.#sent[0];
    const card = this.value("collector_card");
    return { collector_id: this.#ids.collector, household_id: this.#ids.household, person_id: head.personId, name, ...(card && { card }) };
  }

  get origin() {
    return { area: this.#area.value, place: this.value("place") };
  }

  // --- refusals ------------------------------------------------------------------------------------------------------

  /** Shows a refusal of the server beside its boxes and on top. */
  refuse(entry) {
    const wrongs = Object.entries(entry.fields).map(([path, sentence]) => [sentence, this.#refuseAt(path, sentence)]);
    this.#summary(wrongs.length ? wrongs : [[entry.sentence, null]]);
  }

  #refuseAt(path, sentence) {
    const box = this.#boxAt(path.split("."));
    if (box) showWrong(box, sentence);
    return box;
  }

  #boxAt([where, at, ...steps]) {
    if (where === "facts") return this.box(BOX_OF[at] ?? "form");
    if (where === "form") return this.box(at === "card" ? "card" : "form");
    if (where !== "members") return BOX_OF[where] ? this.box(BOX_OF[where]) : null;
    const shared = SHARED[steps[0]];
    return shared && this.value(shared) ? this.box(shared) : this.#sent[Number(at)]?.boxFor(steps) ?? null;
  }

  #summary(wrongs) {
    showSummary(part(this.root, "problems"), wrongs, count(this.words.to_put_right, wrongs.length));
  }

  forgetParts() {
    for (const line of this.#lines) line.forgetParts();
  }

  focusFirst() {
    this.box("area").focus();
  }
}
