// A household being registered: its members, what holds for all of them, where they sleep, and the one verb it becomes.

import { AreaChooser } from "./chooser.js";
import { Likely } from "./likely.js";
import { Member } from "./member.js";
import { Numbers } from "./numbers.js";
import { clearWrong, offer, part, piece, say, showSummary, showWrong, write } from "../../core/entries/parts.js";
import { count, fill } from "../../core/entries/words.js";

const SHARED = ["origin_place", "language", "language_too", "nationality", "phone", "answered_by", "safe_to_call"];
// The box for all from which a member's argument comes, unless the member's own box says otherwise.
const BOX_OF = { nationalities: "nationality", languages: "language", origin_area_id: "area", origin_place: "origin_place" };
const OWN_BOX = { nationalities: "own_nationality", languages: "own_language" };
const NARROW = matchMedia("(max-width: 71.99rem)");

export class Family {
  /** A card scanned while the family was written down; where what became of them is shown. */
  card = "";
  result = null;
  #desk;
  #members = [];
  #sent = [];
  #removed = null;
  #ids;
  #area;
  #answers = [];
  #numbers;
  #likely;
  #site = null;

  constructor(desk, { onSave }) {
    this.#desk = desk;
    this.#ids = { household: desk.clock.id(), phone: desk.clock.id() };
    this.root = piece("family");
    const list = this.root.querySelector("#area-list");
    this.#area = new AreaChooser(this.box("area"), list, desk.server, desk.words);
    this.#likely = new Likely(desk, this);
    this.#numbers = new Numbers(desk, part(this.root, "unnamed"));
    desk.offerCatalogues(this.root);
    this.#listen(onSave);
    this.add();
    this.siteChanged();
  }

  get householdId() {
    return this.#ids.household;
  }

  get members() {
    return this.#members;
  }

  box(name) {
    return this.root.querySelector(`:scope > :not(.members) [data-name="${name}"]`);
  }

  value(name) {
    return this.box(name).value.trim();
  }

  /** Whether anything is typed that would be lost. */
  get isTouched() {
    return this.people > 0 || SHARED.some((name) => this.value(name)) || this.value("area") !== "";
  }

  /** How many are written down, by name or as a number. */
  get people() {
    return this.#members.filter((member) => !member.isEmpty).length + this.#numbers.people;
  }

  get title() {
    const head = this.#head();
    return head?.name || this.#members.find((member) => member.name)?.name || this.#desk.words.no_name_yet;
  }

  // --- members -------------------------------------------------------------------------------------------------------

  add() {
    const member = new Member(this.#desk, this);
    this.#members.push(member);
    member.kinship = this.#members.length === 1 ? "head" : "unrelated";
    member.offerSpaces(this.#desk.spacePairs());
    part(this.root, "members").append(member.root);
    this.#number();
    return member;
  }

  /** Enter in a member: on to the next, to a new one after the last; after an empty last one, to what holds for all. */
  after(member) {
    const next = this.#members[this.#members.indexOf(member) + 1];
    if (next) return next.first.focus();
    if (member.isEmpty && this.#members.length > 1) return this.box("area").focus();
    this.add().first.focus();
  }

  above(member) {
    return this.#members[this.#members.indexOf(member) - 1];
  }

  remove(member) {
    const at = this.#members.indexOf(member);
    this.#members.splice(at, 1);
    member.root.remove();
    this.#removed = { member, at };
    if (!this.#members.length) this.add();
    this.#sayRemoved(member);
    this.#number();
    this.changed();
  }

  #sayRemoved(member) {
    const place = part(this.root, "removed");
    part(place, "removed-who").textContent = fill(this.#desk.words.removed, { name: member.name || this.#desk.words.no_name_yet });
    place.hidden = member.isEmpty;
    if (member.isEmpty) (this.#members.at(-1)).first.focus();
    else part(place, "undo").focus();
  }

  #putBack() {
    const { member, at } = this.#removed;
    const before = this.#members[at]?.root ?? null;
    this.#members.splice(at, 0, member);
    part(this.root, "members").insertBefore(member.root, before);
    part(this.root, "removed").hidden = true;
    this.#number();
    this.changed();
    member.first.focus();
  }

  /** One head a household: choosing another leaves the first without a kinship said. */
  chosenKinship(member) {
    if (member.kinship === "head") {
      for (const other of this.#members) if (other !== member && other.kinship === "head") other.kinship = "unrelated";
    }
    this.#number();
    this.changed();
  }

  /** Where there is no room for all, only the member at hand is open; the others are one line each. */
  unfold(member, andFocus = false) {
    if (NARROW.matches) for (const one of this.#members) one.folded = one !== member;
    this.#number();
    if (andFocus) member.first.focus();
  }

  #number() {
    const head = this.#head();
    this.#members.forEach((member, at) => member.place(at + 1, member === head));
  }

  #head() {
    return this.#members.find((member) => member.kinship === "head");
  }

  // --- what is typed -------------------------------------------------------------------------------------------------

  #listen(onSave) {
    const root = this.root;
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      onSave(this);
    });
    root.addEventListener("keydown", (event) => this.#key(event, onSave));
    root.addEventListener("input", () => this.changed());
    root.addEventListener("change", () => this.changed());
    part(root, "add").addEventListener("click", () => this.add().first.focus());
    part(root, "card-open").addEventListener("click", ({ target }) => this.#desk.showPerson(target.dataset.person));
    part(root, "undo").addEventListener("click", () => this.#putBack());
    part(root, "same").addEventListener("click", () => this.#copyLast());
    this.box("spoken").addEventListener("change", () => this.#showBases());
    this.box("language").addEventListener("change", () => this.#speak(this.value("language")));
  }

  #key(event, onSave) {
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) onSave(this);
    else if (!event.target.matches("input, select")) return;
    else this.#goOn(event.target);
    event.preventDefault();
  }

  /** Enter outside the members: on to the next box, at the end to the button. */
  #goOn(box) {
    const stops = [...this.root.querySelectorAll("input, select, button[type=submit]")].filter((one) => one.offsetParent);
    stops[stops.indexOf(box) + 1]?.focus();
  }

  changed() {
    const named = this.#members.filter((member) => !member.isEmpty);
    part(this.root, "counts").textContent = this.people ? count(this.#desk.words.people, this.people) : "";
    this.#sayRoom(named.filter((member) => member.isHere));
    this.#askWhoCanAnswer();
    this.#likely.changed();
  }

  /** A member is somebody registered, who comes in by their own record; or is not, after all. */
  isKnown(member, person) {
    member.setKnown(person);
    (person ? part(member.root, "not-known") : member.first).focus();
    if (person) say(part(member.root, "known-who").textContent);
    this.#number();
    this.changed();
  }

  #copyLast() {
    const last = this.#desk.lastShared;
    for (const name of SHARED.filter((one) => !/phone|answered_by|safe/.test(one))) this.box(name).value = last[name];
    this.#area.value = last.area;
    say(this.#desk.words.copied);
    this.box("area").focus();
  }

  remember() {
    this.#desk.lastShared = { area: this.#area.value, ...Object.fromEntries(SHARED.map((name) => [name, this.box(name).value])) };
  }

  // --- where they sleep ------------------------------------------------------------------------------------------------

  /** The site or its spaces have changed: offer what there is now. */
  siteChanged() {
    if (this.#site !== this.#desk.site) this.#prepareAnswers();
    this.#site = this.#desk.site;
    const box = this.box("space");
    const kept = box.value;
    box.length = 1;
    offer(box, this.#desk.spacePairs());
    box.value = kept;
    if (box.selectedIndex < 0) box.value = "";
    part(this.root, "site-name").textContent = fill(this.#desk.words.space_at, { site: this.#desk.site.name });
    part(this.root, "same").hidden = !this.#desk.lastShared;
    part(this.root, "unnamed").hidden = !this.#desk.site.can_stay;
    this.#numbers.siteChanged();
    for (const member of this.#members) member.offerSpaces(this.#desk.spacePairs());
    this.changed();
  }

  #sayRoom(here) {
    const space = this.value("space");
    const those = here.filter((member) => !member.ownSpace || member.ownSpace === space);
    this.#desk.sayRoom(part(this.root, "space-says"), space, those, this.#numbers.people);
  }

  // --- what is said aloud ------------------------------------------------------------------------------------------------

  #prepareAnswers() {
    const bases = this.#desk.site.bases;
    part(this.root, "aloud").hidden = !bases.length;
    this.box("spoken").length = 0;
    const languages = new Set(bases.flatMap((one) => Object.keys(one.said_aloud)));
    offer(this.box("spoken"), [...languages].map((tag) => [tag, this.#desk.languageName(tag)]));
    if (languages.has(this.#desk.language)) this.box("spoken").value = this.#desk.language;
    this.#answers = bases.filter((one) => one.basis === "consent").map((one) => this.#ask(one));
    part(this.root, "answers").replaceChildren(...this.#answers.map(({ field }) => field));
    this.#showBases();
  }

  #ask(basis) {
    const field = piece("answer");
    part(field, "asks").textContent = fill(this.#desk.words.answer_to, { purpose: basis.label });
    const name = `${this.#ids.household}-${basis.purpose}`;
    field.querySelectorAll("input").forEach((box, at) => {
      box.name = name;
      box.id = `answer-${basis.purpose}-${at}`;
      box.checked = at === 0;
    });
    return { field, purpose: basis.purpose, ids: new Map() };
  }

  #showBases() {
    const spoken = this.value("spoken");
    const lines = this.#desk.site.bases.map((basis) => {
      const line = piece("basis");
      part(line, "purpose").textContent = basis.label;
      part(line, "basis").textContent = basis.basis_label;
      part(line, "said").textContent = basis.said_aloud[spoken] ?? this.#desk.words.not_in_language;
      part(line, "said").lang = spoken;
      return line;
    });
    part(this.root, "bases").replaceChildren(...lines);
  }

  /** Says it in the language they speak, where there are words in it. */
  #speak(language) {
    const spoken = this.box("spoken");
    if (![...spoken.options].some((one) => one.value === language)) return;
    spoken.value = language;
    this.#showBases();
  }

  #askWhoCanAnswer() {
    if (!this.#answers.length) return;
    const isChild = Boolean(this.#answering()?.isChild);
    part(this.root, "answers").hidden = isChild;
    part(this.root, "answers-child").hidden = !isChild;
  }

  /** Who answers for the household: its head, or whoever stands first. */
  #answering() {
    const people = this.#members.filter((member) => !member.isEmpty && !member.known);
    return people.find((member) => member.kinship === "head") ?? people[0];
  }

  /** The head's answers, for themself and as caregiver of their own children. */
  #said(head) {
    if (head.isChild) return [];
    const children = this.#sent.filter((member) => member !== head && member.kinship === "child" && member.isChild);
    return this.#answers.flatMap((answer) => {
      const state = answer.field.querySelector("input:checked").value;
      if (!state) return [];
      return [head, ...children].map((member) => ({
        consent_id: this.#idFor(answer, member),
        person_id: member.personId,
        purpose: answer.purpose,
        state,
        language: this.value("spoken"),
        ...(member !== head && { caregiver_id: head.personId }),
      }));
    });
  }

  /** An answer keeps its id however often it is sent. */
  #idFor(answer, member) {
    if (!answer.ids.has(member)) answer.ids.set(member, this.#desk.clock.id());
    return answer.ids.get(member);
  }

  // --- saving --------------------------------------------------------------------------------------------------------

  /** What keeps this from being sent, shown beside the boxes and on top; true if nothing does. */
  check() {
    clearWrong(this.root);
    part(this.root, "problems").replaceChildren();
    const wrongs = [...this.#members.flatMap((member) => member.problems()), ...this.#numbers.problems()];
    if (!this.#members.some((member) => !member.isEmpty)) wrongs.push([this.#members[0].first, this.#desk.words.nothing_written]);
    for (const [box, sentence] of wrongs) showWrong(box, sentence);
    if (wrongs.length) this.#summary(wrongs.map(([box, sentence]) => [sentence, box]));
    return !wrongs.length;
  }

  /** Whether anybody is to be registered, and not only to come in by a record there is. */
  get hasNew() {
    return this.#numbers.people > 0 || this.#members.some((member) => !member.isEmpty && !member.known);
  }

  /** Those written down who are registered already. */
  get known() {
    return this.#members.filter((member) => member.known);
  }

  /** Members as they would be registered. */
  records(members) {
    const { phones, ...shared } = this.#shared();
    return members.map((member) => member.record({ ...shared, phones: member === this.#answering() ? phones : [] }));
  }

  /** What follows once the household is registered: [verb, arguments, whom it is about]. */
  afterwards() {
    const space = this.value("space");
    const arrivals = this.known.map((member) => [member, member.comesIn(space)]).filter(([, args]) => args);
    const judged = this.#likely.judged(this.#sent);
    return [
      ...arrivals.map(([member, args]) => ["sites.check_in", args, member.known.label]),
      ...(judged.length ? [["people.judge_pairs", { judged }, this.title]] : []),
    ];
  }

  /** The verb and its arguments. */
  call() {
    this.#sent = this.#members.filter((member) => !member.isEmpty && !member.known);
    const head = this.#answering();
    const space = this.value("space");
    const comesIn = this.#desk.site.can_stay;
    const records = this.records(this.#sent);
    const members = this.#sent.map((member, at) => ({ ...records[at], ...(comesIn && member.arrival(space)) }));
    const args = { household_id: this.#ids.household, members, answers: this.#said(head) };
    const unnamed = this.#numbers.record(space);
    if (comesIn) return ["sites.receive_household", { ...args, site_id: this.#desk.site.id, ...(unnamed.length && { unnamed }) }];
    return ["people.register_household", { ...args, unit_id: this.#desk.site.id }];
  }

  #shared() {
    const place = [this.value("origin_place"), this.#area.chosen ? "" : this.value("area")].filter(Boolean).join(", ");
    const safe = { yes: true, no: false }[this.value("safe_to_call")] ?? null;
    const phone = { phone_id: this.#ids.phone, number: this.value("phone"), answered_by: this.value("answered_by"), safe_to_call: safe };
    return {
      origin: { ...(this.#area.chosen && { origin_area_id: this.#area.chosen }), ...(place && { origin_place: place }) },
      languages: [...new Set([this.value("language"), this.value("language_too")])].filter(Boolean),
      nationality: this.value("nationality"),
      phones: phone.number ? [phone] : [],
    };
  }

  /** Says of a card that was scanned why the household does not get it; person: whose it is, to be opened. */
  tellCard({ sentence, person }) {
    const place = part(this.root, "card-told");
    write(place, { "card-sentence": sentence });
    part(place, "card-open").hidden = !person;
    part(place, "card-open").dataset.person = person ?? "";
    place.hidden = !sentence;
    if (!sentence) return;
    place.scrollIntoView({ block: "nearest" });
    say(sentence, true);
  }

  /** Shows a refusal of the server beside its boxes and on top. */
  refuse(entry) {
    const wrongs = Object.entries(entry.fields).map(([path, sentence]) => [sentence, this.#refuseAt(path, sentence)]);
    this.#summary(wrongs.length ? wrongs : [[entry.sentence, null]]);
  }

  #refuseAt(path, sentence) {
    const [where, at, ...steps] = path.split(".");
    const member = where === "members" ? this.#sent[Number(at)] : undefined;
    if (member === undefined && where !== "space_id") return null;
    const box = member === undefined ? this.box("space") : this.#sharedBox(member, steps);
    if (!box) return member.refuse(steps.length ? steps : ["given_names"], sentence);
    showWrong(box, sentence);
    return box;
  }

  #sharedBox(member, [name, at]) {
    if (name === "phones") return member === this.#answering() && at === "0" && this.value("phone") ? this.box("phone") : null;
    if (!(name in BOX_OF) || (name in OWN_BOX && member.value(OWN_BOX[name]))) return null;
    return this.box(BOX_OF[name]);
  }

  #summary(wrongs) {
    showSummary(part(this.root, "problems"), wrongs, count(this.#desk.words.to_put_right, wrongs.length));
  }
}
