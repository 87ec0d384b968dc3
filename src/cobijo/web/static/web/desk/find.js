// Finding: words or a code as they are typed, the people they mean, and what can be done with one of them now.

import { findByCard, offerCamera } from "./cards.js";
import { clearWrong, offer, part, piece, say, showSummary, showWrong, write } from "../../core/entries/parts.js";
import { ageOf, MOST, readCard, search, Unanswered, whereIs } from "./reading.js";
import { count, fill, list } from "../../core/entries/words.js";

const PAUSE = 220;
const LEAST = 2;
const SOON = 1500;
// A card's number as it is printed: with its dashes, so that no name is taken for one.
const CARD_NUMBER = /^c-[0-9a-z]{3}-[0-9a-z]{3}-[0-9a-z]$/i;

export class Find {
  #desk;
  #view;
  #words;
  #timer = 0;
  #asking = null;
  #card = null;

  constructor(desk, view) {
    [this.#desk, this.#view] = [desk, view];
    this.#words = view.querySelector("#find-words");
    this.#words.addEventListener("input", () => this.#typed());
    view.addEventListener("keydown", (event) => this.#key(event));
    offerCamera(part(view, "card-scan"), (text) => this.takeCard(text));
  }

  /** Opens whose a card is. */
  takeCard(text) {
    clearTimeout(this.#timer);
    this.#words.value = "";
    this.#show(null);
    return findByCard(this.#desk, text, { open: (id) => this.open(id), tell: (sentence) => this.#count(sentence) });
  }

  /** Whether an act on a person is half typed. */
  get isTouched() {
    return Boolean(this.#card?.isTouched);
  }

  focus() {
    if (!this.#view.contains(document.activeElement)) this.#words.focus();
  }

  // --- words ---------------------------------------------------------------------------------------------------------

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#find(), PAUSE);
  }

  async #find() {
    this.#asking?.abort();
    const words = this.#words.value.trim();
    if (words.length < LEAST) return this.#show(null);
    if (CARD_NUMBER.test(words)) return this.takeCard(words);
    const asking = (this.#asking = new AbortController());
    try {
      const items = await search(this.#desk, words, asking.signal);
      if (!asking.signal.aborted) this.#show(items);
    } catch (trouble) {
      if (!asking.signal.aborted) this.#sayUnanswered(trouble);
    }
  }

  #sayUnanswered(trouble) {
    if (!(trouble instanceof Unanswered)) throw trouble;
    this.#count(trouble.message);
  }

  #show(items) {
    part(this.#view, "hits").replaceChildren(...(items ?? []).map((item) => this.#hit(item)));
    if (items === null) return this.#count("");
    const { found, found_most, found_none } = this.#desk.words;
    if (items.length < MOST) return this.#count(items.length ? count(found, items.length) : found_none);
    this.#count(fill(found_most, { n: MOST }));
  }

  #count(sentence) {
    part(this.#view, "find-count").textContent = sentence;
    if (sentence) say(sentence);
  }

  #hit({ person, why }) {
    const { words, catalogue, locale } = this.#desk;
    // That a name fits needs no word: it is what one reads.
    const reasons = list(why.filter((one) => one !== "name").map((one) => words[`why_${one}`]), locale);
    const hit = write(piece("hit"), {
      name: person.label,
      code: person.code,
      age: ageOf(person, this.#desk),
      sex: catalogue.sexes[person.sex],
      why: reasons ? fill(words.found_by, { why: reasons }) : "",
    });
    hit.firstElementChild.addEventListener("click", () => this.open(person.id));
    return hit;
  }

  // --- keys ----------------------------------------------------------------------------------------------------------

  #key(event) {
    const stops = [this.#words, ...this.#view.querySelectorAll(".hit")];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return event.key === "Escape" && this.#card ? this.#words.focus() : undefined;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") stops[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    else if (event.key === "Enter" && at === 0) stops[1]?.click();
    else if (event.key === "Escape" && at > 0) this.#words.focus();
    else return;
    event.preventDefault();
  }

  // --- a person ------------------------------------------------------------------------------------------------------

  async open(id, done = "") {
    const place = part(this.#view, "card");
    const found = await readCard(this.#desk, id).catch((trouble) => this.#sayUnanswered(trouble));
    if (!found) return;
    this.#card = new Card(this.#desk, found, { again: (said) => this.open(id, said), leave: () => this.#leave() });
    place.replaceChildren(this.#card.root);
    this.#view.classList.add("has-card");
    this.#card.begin(done);
  }

  #leave() {
    part(this.#view, "card").replaceChildren();
    this.#view.classList.remove("has-card");
    this.#card = null;
    this.#words.focus();
  }
}

const OPEN = new Set(["in", "away"]);
/** Whom each act can be about, by their stay (null for none) and the site at hand. */
const FOR = {
  in: (stay) => !OPEN.has(stay?.state),
  out: (stay) => OPEN.has(stay?.state),
  away: (stay) => stay?.state === "in",
  back: (stay) => stay?.state === "away",
  move: (stay, site) => OPEN.has(stay?.state) && stay.site_id === site.id,
};

/** One person with their household, and the acts possible now. */
class Card {
  #desk;
  #found;
  #on;
  #boxes = new Map();
  #act = null;

  constructor(desk, found, on) {
    [this.#desk, this.#found, this.#on] = [desk, found, on];
    this.root = piece("card");
    this.#write();
    this.#listMembers();
    this.root.addEventListener("change", () => this.#offerActs());
    this.root.addEventListener("click", (event) => this.#clicked(event));
    this.#offerActs();
  }

  get isTouched() {
    const fields = this.#act?.root.querySelectorAll("input") ?? [];
    return [...fields].some((field) => field.value);
  }

  begin(done) {
    if (done) write(this.root, { done });
    this.root.focus();
    if (done) say(done);
  }

  #write() {
    const { words, catalogue } = this.#desk;
    const { person, household, members } = this.#found;
    const own = members.find((one) => one.person.id === person.id);
    const needs = [...person.needs.map((code) => catalogue.needs[code]), ...(person.wants_private ? [catalogue.needs.private] : [])];
    write(this.root, {
      name: person.label,
      code: person.code,
      age: ageOf(person, this.#desk),
      sex: catalogue.sexes[person.sex],
      place: whereIs(this.#desk, own?.stay),
      "needs-line": list(needs, this.#desk.locale),
      household: household ? fill(words.household_code, { code: household.code }) : words.no_household,
      done: "",
    });
    part(this.root, "photo").hidden = !person.photo_id;
    if (person.photo_id) part(this.root, "photo").src = this.#desk.urlOf("photo", person.photo_id);
    part(this.root, "page").href = this.#desk.urlOf("person", person.id);
    part(this.root, "household-page").hidden = !household;
    if (household) part(this.root, "household-page").href = this.#desk.urlOf("household", household.id);
  }

  #listMembers() {
    const { catalogue } = this.#desk;
    const anyoneIn = this.#found.members.some(({ stay }) => stay);
    const lines = this.#found.members.map((member) => {
      const line = piece("who");
      const kin = member.kinship ? catalogue.kinships[member.kinship] : "";
      write(line, { name: member.person.label, about: [ageOf(member.person, this.#desk), kin].filter(Boolean).join(", ") });
      const state = member.stay?.state ?? "";
      const shown = { in: "state-in", away: "state-away", planned: "state-planned" }[state];
      if (member.stay?.disputed) part(line, "state").replaceChildren(piece("state-disputed"));
      else if (shown) part(line, "state").replaceChildren(piece(shown));
      else part(line, "state").textContent = member.presence && member.presence !== "here" ? catalogue.presences[member.presence] : "";
      const box = line.querySelector("input");
      box.checked = anyoneIn ? OPEN.has(state) : true;
      this.#boxes.set(member, box);
      return line;
    });
    part(this.root, "members").replaceChildren(...lines);
  }

  /** The members ticked that an act can be about. */
  #chosen(name) {
    const all = [...this.#boxes].filter(([, box]) => box.checked).map(([member]) => member);
    return name ? all.filter(({ stay }) => FOR[name](stay, this.#desk.site)) : all;
  }

  #offerActs() {
    const can = this.#desk.site.can_stay;
    for (const button of this.root.querySelectorAll("[data-act]")) {
      button.hidden = !can || !this.#chosen(button.dataset.act).length;
      button.setAttribute("aria-pressed", String(this.#act?.name === button.dataset.act));
    }
    if (this.#act) this.#act.say(this.#chosen(this.#act.name));
  }

  #clicked({ target }) {
    const act = target.closest("[data-act]")?.dataset.act;
    if (act) this.#begin(act);
    else if (target.closest('[data-part="leave"]')) this.#end();
    else if (target.closest('[data-part="back"]')) this.#on.leave();
  }

  #begin(name) {
    this.#act = new Act(this.#desk, name, (form) => this.#do(form));
    part(this.root, "act").replaceChildren(this.#act.root);
    this.#offerActs();
    (this.#act.root.querySelector("input, select") ?? part(this.#act.root, "do")).focus();
  }

  #end() {
    const name = this.#act.name;
    this.#act = null;
    part(this.root, "act").replaceChildren();
    part(this.root, "problems").replaceChildren();
    this.#offerActs();
    this.root.querySelector(`[data-act="${name}"]`).focus();
  }

  // --- doing ---------------------------------------------------------------------------------------------------------

  async #do(act) {
    const people = this.#chosen(act.name);
    if (!people.length || act.root.inert) return;
    clearWrong(this.root);
    part(this.root, "problems").replaceChildren();
    act.root.inert = true;
    const names = list(people.map(({ person }) => person.label), this.#desk.locale);
    const label = fill(this.#desk.words[`entry_${act.name}`], { names });
    const entries = act.calls(people, this.#found.household).map(([verb, args]) => this.#desk.outbox.add(verb, args, { label }));
    const all = Promise.all(entries.map((entry) => entry.settled));
    await Promise.race([all, new Promise((soon) => setTimeout(soon, SOON))]);
    act.root.inert = false;
    this.#after(act, entries, label);
  }

  #after(act, entries, label) {
    const words = this.#desk.words;
    const refused = entries.find((entry) => entry.state === "refused");
    if (refused) return this.#refused(act, entries, refused);
    this.#desk.refreshSite();
    const states = entries.map((entry) => entry.state);
    const flags = entries.flatMap((entry) => entry.answer?.flags ?? []).map((flag) => flag.sentence).filter(Boolean);
    if (states.every((state) => state === "confirmed")) {
      entries.forEach((entry) => this.#desk.outbox.forget(entry));
      return this.#on.again([fill(words.act_done, { what: label }), ...new Set(flags)].join(" "));
    }
    const said = states.includes("held") ? words.act_held : words.act_kept;
    this.#end();
    write(this.root, { done: fill(said, { what: label }) });
    part(this.root, "done").scrollIntoView({ block: "nearest" });
  }

  #refused(act, entries, refused) {
    for (const entry of entries) if (entry.state !== "held") this.#desk.outbox.forget(entry);
    const wrongs = Object.entries(refused.fields).map(([path, sentence]) => {
      const box = act.root.querySelector(`[data-name="${path.split(".")[0]}"]`);
      if (box) showWrong(box, sentence);
      return [sentence, box];
    });
    const heading = count(this.#desk.words.to_put_right, Math.max(wrongs.length, 1));
    showSummary(part(this.root, "problems"), wrongs.length ? wrongs : [[refused.sentence, null]], heading);
  }
}

/** The small form of one act. */
class Act {
  #desk;

  constructor(desk, name, onSubmit) {
    [this.#desk, this.name] = [desk, name];
    this.root = piece(`act-${name}`);
    const spaces = this.#box("space_id");
    if (spaces) offer(spaces, desk.spacePairs());
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      onSubmit(this);
    });
  }

  #box(name) {
    return this.root.querySelector(`[data-name="${name}"]`);
  }

  #value(name) {
    return this.#box(name).value.trim();
  }

  /** Says on the button how many it is about, and beneath the spaces what they mean there. */
  say(people) {
    part(this.root, "do").textContent = count(this.#desk.words[`do_${this.name}`], people.length);
    part(this.root, "do").disabled = !people.length;
    const says = part(this.root, "space-says");
    if (says) this.#desk.sayRoom(says, this.#value("space_id"), people.map((one) => this.#desk.asGuest(one.person)));
  }

  /** The verbs with their arguments. */
  calls(people, household) {
    const ids = people.map(({ stay }) => stay?.id);
    if (this.name === "in") return [this.#checkIn(people, household)];
    if (this.name === "out") return [["sites.check_out", { stay_ids: ids, reason: this.#value("reason"), destination: this.#value("destination") }]];
    if (this.name === "move") return [["sites.move_space", { stay_ids: ids, space_id: this.#value("space_id") || null }]];
    if (this.name === "back") return ids.map((id) => ["sites.come_back", { stay_id: id }]);
    const back = this.#desk.clock.moment(this.#value("expected_back"), this.#desk.site.zone);
    return ids.map((id) => ["sites.step_out", { absence_id: this.#desk.clock.id(), stay_id: id, expected_back: back }]);
  }

  /** Who was expected comes in by the stay that was planned. */
  #checkIn(people, household) {
    const space = this.#value("space_id") || null;
    const arrivals = people.map(({ person, stay }) => ({
      person_id: person.id,
      stay_id: stay?.state === "planned" && stay.site_id === this.#desk.site.id ? stay.id : this.#desk.clock.id(),
      space_id: space,
    }));
    const site_id = this.#desk.site.id;
    if (household) return ["sites.check_in_household", { household_id: household.id, site_id, arrivals }];
    return ["sites.check_in", { site_id, ...arrivals[0] }];
  }
}
