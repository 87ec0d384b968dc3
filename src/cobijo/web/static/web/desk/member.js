// One member of a household being registered: the boxes, the keys that work in them, and the record they make.

import { offer, part, piece, showWrong, write } from "../../core/entries/parts.js";
import { monthsOld, readBirth, tellBirth } from "./said_birth.js";
import { fill } from "../../core/entries/words.js";

const DITTO = /^["”“»]$/;
const TYPED = ["given_names", "first_surname", "second_surname", "birth", "married_name", "nicknames", "self_identified", "own_phone", "document_number"];
const NAMES = ["given_names", "first_surname", "second_surname", "married_name", "nicknames", "self_identified"];
// Where a refusal of the server about an argument is shown.
const BOX_OF = { documents: "document_number", phones: "own_phone", nationalities: "own_nationality", languages: "own_language", space_id: "own_space" };
const ADULT = 18 * 12;
const THUMB = matchMedia("(pointer: coarse)");

let made = 0;

export class Member {
  /** Somebody registered who this is: they come in by their own record. */
  known = null;
  #desk;
  #family;
  #ids;
  #at = (made += 1);

  constructor(desk, family) {
    this.#desk = desk;
    this.#family = family;
    const id = () => desk.clock.id();
    this.#ids = { person: id(), stay: id(), document: id(), phone: id() };
    this.root = piece("member");
    this.#nameBoxes();
    this.#listen();
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
    return this.box("given_names");
  }

  /** Where writing a person down ends. */
  get last() {
    return this.box("kinship");
  }

  get kinship() {
    return this.box("kinship").value;
  }

  set kinship(value) {
    this.box("kinship").value = value;
  }

  get sex() {
    return this.root.querySelector('[type="radio"]:checked')?.value ?? "unknown";
  }

  get isHere() {
    return this.box("presence").value === "here";
  }

  /** Whether nothing at all was said of this person. */
  get isEmpty() {
    return TYPED.every((name) => !this.value(name)) && this.sex === "unknown" && !this.#pressed().length;
  }

  /** Whether enough is said to look for them: two words of a name, a document or a telephone. */
  get isAskable() {
    return this.name.includes(" ") || Boolean(this.value("document_number") || this.value("own_phone"));
  }

  get isWritingNumber() {
    return document.activeElement === this.box("document_number");
  }

  get name() {
    return ["given_names", "first_surname", "second_surname"].map((name) => this.value(name)).filter(Boolean).join(" ");
  }

  /** Completed months, null if not known. */
  get months() {
    const { birth } = this.#readBirth();
    return birth ? monthsOld(birth, this.#desk.today()) : null;
  }

  get isChild() {
    return this.months !== null && this.months < ADULT;
  }

  /** What in the boxes cannot be read: [box, sentence]. */
  problems() {
    const { problem } = this.#readBirth();
    return problem ? [[this.box("birth"), this.#desk.words[`birth_${problem}`]]] : [];
  }

  /** The record as the verbs take it. shared: what holds for the whole household. */
  record(shared) {
    const said = Object.fromEntries(NAMES.map((name) => [name, this.value(name)]).filter(([, text]) => text));
    const pressed = this.#pressed();
    const nationality = this.value("own_nationality") || shared.nationality;
    const languages = this.value("own_language") ? [this.value("own_language")] : shared.languages;
    return {
      person_id: this.#ids.person,
      ...said,
      newborn_unnamed: pressed.includes("newborn") && !said.given_names,
      birth: this.#readBirth().birth ?? {},
      sex: this.sex,
      kinship: this.kinship,
      presence: this.box("presence").value,
      nationalities: nationality ? [nationality] : [],
      languages,
      needs: pressed.filter((value) => value !== "newborn" && value !== "private"),
      wants_private: pressed.includes("private"),
      documents: this.#documents(),
      phones: [...shared.phones, ...this.#phones()],
      ...shared.origin,
    };
  }

  /** The record of somebody registered that this is, or null for a new one; shows which. */
  setKnown(person) {
    this.known = person;
    part(this.root, "rows").hidden = Boolean(person);
    this.warn([]);
    const place = part(this.root, "known");
    place.hidden = !person;
    if (person) write(place, { "known-who": fill(this.#desk.words.known, { name: person.label, code: person.code }) });
  }

  /** Shows who this may be, beneath and where the person is folded to a line. */
  warn(lines) {
    part(this.root, "likely").replaceChildren(...lines);
    for (const name of ["likely", "fold-likely"]) part(this.root, name).hidden = !lines.length;
  }

  get isWarned() {
    return !part(this.root, "likely").hidden;
  }

  /** How somebody registered comes in, as the verb takes it; null for who is in here already, or is not here. */
  comesIn(space) {
    const { id, stay } = this.known;
    const isIn = ["in", "away"].includes(stay?.state) && stay.site_id === this.#desk.site.id;
    if (isIn || !this.isHere) return null;
    const planned = stay?.state === "planned" && stay.site_id === this.#desk.site.id;
    const stay_id = planned ? stay.id : this.#ids.stay;
    return { person_id: id, stay_id, site_id: this.#desk.site.id, space_id: this.value("own_space") || space || null };
  }

  /** Where and by what stay this member comes in; nothing for who is not here. */
  arrival(space) {
    if (!this.isHere) return {};
    return { stay_id: this.#ids.stay, space_id: this.value("own_space") || space || null };
  }

  get ownSpace() {
    return this.value("own_space");
  }

  offerSpaces(pairs) {
    const box = this.box("own_space");
    const kept = box.value;
    box.length = 1;
    offer(box, pairs);
    box.value = kept;
    if (box.selectedIndex < 0) box.value = "";
  }

  /** Shows a refusal beside its box; gives the box. path: the steps after ``members.N``. */
  refuse([name, ...rest], sentence) {
    const wanted = name === "documents" && rest[1] === "country" ? "document_country" : BOX_OF[name] ?? name;
    const box = wanted === "sex" ? this.root.querySelector('[type="radio"]') : this.box(wanted) ?? this.first;
    if (box.closest('[data-part="more"]')) this.#openMore(true);
    showWrong(box, sentence);
    return box;
  }

  /** number: the place in the list, from 1. */
  place(number, isHead) {
    const words = this.#desk.words;
    part(this.root, "legend").textContent = isHead ? fill(words.person_head, { n: number }) : fill(words.person_n, { n: number });
    const age = this.#said();
    const line = age ? words.folded_with_age : words.folded;
    part(this.root, "fold").textContent = fill(line, { n: number, name: this.name || words.no_name_yet, age });
  }

  set folded(folded) {
    this.root.classList.toggle("folded", folded);
    part(this.root, "fold").setAttribute("aria-expanded", String(!folded));
  }

  // --- making --------------------------------------------------------------------------------------------------------

  #nameBoxes() {
    const id = (name) => `m${this.#at}-${name}`;
    for (const box of this.root.querySelectorAll("[data-name]")) {
      box.id = id(box.dataset.name);
      box.closest(".choice, .field").querySelector("label").htmlFor = box.id;
    }
    this.root.querySelectorAll('[type="radio"]').forEach((box) => {
      box.name = id("sex");
      box.id = id(`sex-${box.value}`);
    });
    const said = part(this.root, "said");
    said.id = id("said");
    this.box("birth").setAttribute("aria-describedby", said.id);
    const head = part(this.root, "needs-head");
    head.id = id("needs");
    part(this.root, "needs").setAttribute("aria-labelledby", head.id);
    this.#chips().forEach((chip, at) => (chip.tabIndex = at ? -1 : 0));
  }

  #listen() {
    const root = this.root;
    root.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("input", (event) => this.#typed(event));
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("wanted", () => this.#family.unfold(this));
    root.addEventListener("focusin", ({ target }) => target !== part(root, "fold") && this.#family.unfold(this));
    this.box("kinship").addEventListener("change", () => this.#family.chosenKinship(this));
    this.box("document_country").addEventListener("change", () => this.#offerKinds());
    this.box("document_number").addEventListener("blur", () => this.#changed());
    this.box("birth").addEventListener("blur", () => this.#tell(true));
  }

  // --- keys ----------------------------------------------------------------------------------------------------------

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    const chip = target.closest(".chip");
    if (event.key === "Enter" && (chip || target.matches("input, select"))) {
      event.preventDefault();
      return this.#enter(target);
    }
    if (target.type === "radio") return this.#sexKey(event);
    if (chip) return this.#chipKey(event, chip);
  }

  /** On to the next person; with a thumb to the next box first, as the key there says. */
  #enter(target) {
    const stops = ["given_names", "first_surname", "second_surname", "birth"];
    const next = stops[stops.indexOf(target.dataset.name) + 1];
    if (THUMB.matches && next && stops.includes(target.dataset.name)) this.box(next).focus();
    else if (THUMB.matches && target === this.box("birth")) this.root.querySelector('[type="radio"]').focus();
    else this.#family.after(this);
  }

  #sexKey(event) {
    const boxes = [...this.root.querySelectorAll('[type="radio"]')];
    const key = event.key.toLowerCase();
    const wanted = boxes.find((box) => box.dataset.key.split(" ").includes(key));
    if (wanted) {
      wanted.checked = true;
      wanted.focus();
    } else if (key === "backspace" || key === "delete") boxes.forEach((box) => (box.checked = false));
    else return;
    event.preventDefault();
    this.#changed();
  }

  #chipKey(event, chip) {
    const chips = this.#chips();
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const next = chips[(chips.indexOf(chip) + (steps[event.key] ?? 0) + chips.length) % chips.length];
    const byKey = chips.find((one) => one.dataset.key === event.key);
    if (byKey) this.#press(byKey);
    else if (!(event.key in steps)) return;
    chips.forEach((one) => (one.tabIndex = -1));
    (byKey ?? next).tabIndex = 0;
    (byKey ?? next).focus();
    event.preventDefault();
  }

  #clicked(event) {
    const chip = event.target.closest(".chip");
    const act = event.target.closest("[data-part]")?.dataset.part;
    if (chip) this.#press(chip);
    else if (act === "more-switch") this.#openMore(part(this.root, "more").hidden);
    else if (act === "remove") this.#family.remove(this);
    else if (act === "not-known") this.#family.isKnown(this, null);
    else if (act === "fold") this.#family.unfold(this, true);
  }

  #typed({ target }) {
    if (DITTO.test(target.value) && /surname$/.test(target.dataset.name ?? "")) {
      target.value = this.#family.above(this)?.value(target.dataset.name) ?? "";
    }
    if (target.dataset.name === "birth") this.#tell(false);
    this.#changed();
  }

  #changed() {
    this.#family.changed();
  }

  // --- birth ---------------------------------------------------------------------------------------------------------

  #readBirth() {
    return readBirth(this.value("birth"), { order: this.#desk.site.order, today: this.#desk.today() });
  }

  #said() {
    const { birth } = this.#readBirth();
    return birth ? tellBirth(birth, { today: this.#desk.today(), locale: this.#desk.locale, words: this.#desk.words }) : "";
  }

  /** The birth in words beneath; that it cannot be read is said only when the box is left. */
  #tell(isLeft) {
    const { problem } = this.#readBirth();
    const place = part(this.root, "said");
    place.textContent = problem ? (isLeft ? this.#desk.words[`birth_${problem}`] : "") : this.#said();
    place.classList.toggle("said-wants", Boolean(problem && isLeft));
  }

  // --- needs, documents, telephones ------------------------------------------------------------------------------------

  #chips() {
    return [...this.root.querySelectorAll(".chip")];
  }

  #press(chip) {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    this.#changed();
  }

  #pressed() {
    return this.#chips().filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.value);
  }

  #openMore(open) {
    const more = part(this.root, "more");
    if (open && !more.dataset.offered) {
      more.dataset.offered = "yes";
      this.#desk.offerCatalogues(more);
      this.#offerKinds();
    }
    more.hidden = !open;
    part(this.root, "more-switch").setAttribute("aria-expanded", String(open));
    if (open && document.activeElement === part(this.root, "more-switch")) this.box("married_name").focus();
  }

  #offerKinds() {
    const kinds = this.#desk.catalogue.documents;
    const box = this.box("document_kind");
    box.length = 0;
    offer(box, [...(kinds[this.value("document_country")] ?? []), ...kinds[""]]);
  }

  #documents() {
    const number = this.value("document_number");
    if (!number) return [];
    const country = this.value("document_country") || this.#desk.site.country;
    const kind = this.box("document_kind").value || "other";
    return [{ document_id: this.#ids.document, country, kind, number, seen: this.box("document_seen").checked }];
  }

  #phones() {
    const number = this.value("own_phone");
    return number ? [{ phone_id: this.#ids.phone, number }] : [];
  }
}
