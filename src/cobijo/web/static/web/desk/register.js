// Registering: one household after the other. A form is never emptied, it is put aside whole until its entry is settled, so
// that a refusal brings it back as it was typed.

import { giveCard, lookAt, offerCamera } from "./cards.js";
import { Family } from "./family.js";
import { clearWrong, part, piece, say, write } from "../../core/entries/parts.js";
import { monthsOfKnown, readHousehold, Unanswered } from "./reading.js";
import { ageInWords } from "./said_birth.js";
import { count, fill } from "../../core/entries/words.js";

const SOON = 1500;

export class Register {
  #desk;
  #place;
  #current = null;
  #shown = null;
  #aside = [];

  constructor(desk, view) {
    this.#desk = desk;
    this.#place = view.querySelector("[data-families]");
    this.#show(this.#fresh());
  }

  /** Whether something typed here would be lost by leaving. */
  get isTouched() {
    return [this.#current, ...this.#aside].some((family) => family?.isTouched);
  }

  siteChanged() {
    this.#current?.siteChanged();
  }

  focus() {
    if (!this.#current) part(this.#place, "next")?.focus();
    else if (!this.#place.contains(document.activeElement)) this.#current.members[0].first.focus();
  }

  #fresh() {
    return new Family(this.#desk, { onSave: (family) => this.#save(family) });
  }

  #show(family) {
    [this.#current, this.#shown] = [family, null];
    this.#place.replaceChildren(family.root);
    family.siteChanged();
  }

  #next() {
    this.#show(this.#aside.pop() ?? this.#fresh());
    this.#current.members[0].first.focus();
  }

  /** Brings a refused household back; what is being typed is put aside and comes next. */
  correct(entry) {
    const { family } = entry.about;
    if (this.#current && this.#current !== family && this.#current.isTouched) this.#aside.push(this.#current);
    family.root.inert = false;
    this.#show(family);
    family.refuse(entry);
    this.#desk.outbox.forget(entry);
  }

  /**
   * A card that was scanned: for the household on the screen, at once if it is registered, else when it is. One that is
   * somebody's already says so before the household is written down a second time.
   */
  async takeCard(text) {
    if (this.#shown) return giveCard(this.#desk, text, this.#shown);
    const family = this.#current;
    const found = await lookAt(this.#desk, text);
    if (family.result) return giveCard(this.#desk, text, family);
    if (!found.isFree) return family.tellCard(found);
    family.card = text;
    family.tellCard({ sentence: "" });
    part(family.root, "card-kept").hidden = false;
    say(this.#desk.words.card_kept);
  }

  // --- saving --------------------------------------------------------------------------------------------------------

  async #save(family) {
    if (family.root.inert || !family.check()) return;
    if (!family.hasNew) return this.#receive(family);
    const [verb, args] = family.call();
    const people = count(this.#desk.words.people, family.people);
    const about = { family, label: fill(this.#desk.words.entry_household, { name: family.title, people }) };
    family.root.inert = true;
    clearWrong(family.root);
    const entry = this.#desk.outbox.add(verb, args, about);
    this.#giveWhenRegistered(family, entry);
    await Promise.race([entry.settled, new Promise((soon) => setTimeout(soon, SOON))]);
    if (entry.state === "refused") return this.#refused(family, entry);
    family.remember();
    this.#showResult(family, entry);
  }

  async #giveWhenRegistered(family, entry) {
    await entry.settled;
    if (entry.state === "refused") return;
    this.#follow(family);
    if (family.card && entry.state === "confirmed") giveCard(this.#desk, family.card, family);
  }

  /** Sends what follows a household: who came in by a record there was, and what was said of likely ones. */
  #follow(family) {
    const words = this.#desk.words;
    return family.afterwards().map(([verb, args, name]) => {
      const label = verb === "sites.check_in" ? fill(words.entry_in, { names: name }) : fill(words.entry_judged, { name });
      const entry = this.#desk.outbox.add(verb, args, { label });
      entry.settled.then(() => entry.state === "confirmed" && this.#desk.outbox.forget(entry));
      return entry;
    });
  }

  /** Everybody written down is registered already: they come in, and the first of them is shown. */
  async #receive(family) {
    const [first] = family.known;
    family.root.inert = true;
    const entries = this.#follow(family);
    await Promise.race([Promise.all(entries.map((entry) => entry.settled)), new Promise((soon) => setTimeout(soon, SOON))]);
    this.#desk.refreshSite();
    this.#show(this.#aside.pop() ?? this.#fresh());
    this.#desk.showPerson(first.known.id);
  }

  #refused(family, entry) {
    family.root.inert = false;
    family.refuse(entry);
    this.#desk.outbox.forget(entry);
  }

  /** What became of it, with the way on: the keyboard is on the next household already. */
  #showResult(family, entry) {
    const result = piece("result");
    [this.#current, this.#shown] = [null, family];
    family.result = result;
    this.#offerCard(result);
    part(result, "next").addEventListener("click", () => this.#next());
    part(result, "open").href = this.#desk.urlOf("household", family.householdId);
    this.#place.replaceChildren(result);
    this.#tell(result, family, entry);
    part(result, "next").focus();
    if (entry.state === "waiting") this.#awaitAnswer(result, family, entry);
  }

  async #awaitAnswer(result, family, entry) {
    await entry.settled;
    const stillThere = result.isConnected;
    if (entry.state === "refused") return stillThere ? this.correct(entry) : undefined;
    if (stillThere) this.#tell(result, family, entry);
  }

  async #tell(result, family, entry) {
    const words = this.#desk.words;
    part(result, "state").replaceChildren(piece(`state-${entry.state}`));
    const titles = { waiting: words.kept_household, held: words.held_household, confirmed: words.registered_household };
    const [space, site] = [this.#desk.spaceName(family.value("space")), this.#desk.site.name];
    write(result, {
      title: fill(titles[entry.state], { name: family.title }),
      code: "",
      waits: { waiting: words.kept_help, held: entry.sentence }[entry.state] ?? "",
      place: space ? fill(words.sleeps_in, { space, site }) : fill(words.sleeps_at, { site }),
    });
    part(result, "code-is").hidden = true;
    part(result, "open").hidden = entry.state !== "confirmed";
    if (entry.state !== "confirmed") return say(part(result, "title").textContent);
    this.#showFlags(result, entry.answer.flags);
    await this.#showCodes(result, family);
    say(fill(words.said_registered, { name: family.title, code: part(result, "code").textContent }));
    this.#desk.outbox.forget(entry);
    this.#desk.refreshSite();
  }

  #offerCard(result) {
    offerCamera(part(result, "card-scan"), (text) => this.takeCard(text));
    part(result, "card-number").addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.value.trim()) return;
      event.preventDefault();
      this.takeCard(event.target.value);
      event.target.value = "";
    });
  }

  #showFlags(result, flags) {
    const lines = flags.filter((flag) => flag.sentence).map((flag) => write(piece("flag"), { sentence: flag.sentence }));
    part(result, "flags").replaceChildren(...lines);
  }

  async #showCodes(result, family) {
    const household = await readHousehold(this.#desk, family.householdId).catch((trouble) => {
      if (!(trouble instanceof Unanswered)) throw trouble;
    });
    if (!household) return;
    write(result, { code: household.code });
    part(result, "code-is").hidden = false;
    const today = this.#desk.today();
    const lines = household.members.map(({ person }) => {
      const months = monthsOfKnown(person.birth, today);
      const age = months === null ? "" : ageInWords(months, this.#desk.locale, this.#desk.words);
      return write(piece("result-member"), { code: person.code, name: person.label, age });
    });
    part(result, "members").replaceChildren(...lines);
  }
}

