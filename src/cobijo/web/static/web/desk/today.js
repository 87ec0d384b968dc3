// The site of the day: its four figures, its spaces with their free places, and what a group would mean for a space.

import { part, piece, write } from "../../core/entries/parts.js";
import { readSite, Unanswered } from "./reading.js";
import { count, fill } from "../../core/entries/words.js";

export class Today {
  spaces = [];
  #desk;
  #strip;
  #view;
  #figures = null;

  constructor(desk, strip, view) {
    [this.#desk, this.#strip, this.#view] = [desk, strip, view];
    // Never by a timer: a page that asks by itself would keep a left session alive.
    document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
  }

  /** Reads the site again; what was read before stays if no answer comes. */
  async refresh() {
    const { site } = this.#desk;
    const figures = await readSite(this.#desk, site.id).catch((trouble) => {
      if (!(trouble instanceof Unanswered)) throw trouble;
    });
    if (!figures || site !== this.#desk.site) return;
    this.#figures = figures;
    this.spaces = figures.spaces;
    this.#show();
    this.#desk.spacesChanged();
  }

  /** Spaces to choose from, each with its free places and use rule. */
  pairs() {
    return this.spaces.map((space) => [space.id, this.#label(space)]);
  }

  nameOf(id) {
    return this.spaces.find((space) => space.id === id)?.name ?? "";
  }

  #label(space) {
    const words = this.#desk.words;
    const room = space.places === null ? words.places_unknown : fill(words.free_of, { free: space.free, places: space.places });
    const rule = space.use_rule === "anyone" ? "" : this.#desk.catalogue.rules[space.use_rule];
    return [space.name, room, rule].filter(Boolean).join(" · ");
  }

  /** What so many people would mean for a space (id) or the whole site (""): said before it is done, never forbidden. */
  sayRoom(place, id, people, more) {
    const words = this.#desk.words;
    const space = this.spaces.find((one) => one.id === id) ?? this.#figures;
    const n = people.length + more;
    const free = space?.free ?? null;
    const over = free === null ? 0 : n - free;
    const said = [];
    if (n && free === null && id) said.push(count(words.room_unknown, n));
    else if (n && over > 0) said.push(count(words.room_over, n, { free, over }));
    else if (n && free !== null) said.push(count(words.room_free, n, { free }));
    const against = id ? people.filter((one) => goesAgainst(space.use_rule, one)).length : 0;
    if (against) said.push(count(words[`against_${space.use_rule}`], against));
    place.textContent = said.join(" ");
    place.classList.toggle("said-wants", over > 0 || against > 0);
  }

  #show() {
    const { words, locale, site } = this.#desk;
    const number = new Intl.NumberFormat(locale);
    const told = (value) => (value === null || value === undefined ? "–" : number.format(value));
    const { registered, free, expected, overdue } = this.#figures;
    for (const [name, value] of Object.entries({ in: registered, free, expected, overdue })) {
      part(this.#strip, name).textContent = told(value);
    }
    part(this.#strip, "overdue").classList.toggle("wants", overdue > 0);
    const rows = this.spaces.map((space) => this.#row(space, told));
    part(this.#view, "rows").replaceChildren(...rows);
    part(this.#view, "spaces").hidden = !rows.length;
    const said = (style) => new Intl.DateTimeFormat(locale, { timeZone: site.zone, ...style }).format(this.#desk.clock.now());
    const at = `${said({ dateStyle: "long" })}, ${said({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
    part(this.#view, "as-of").textContent = fill(words.as_of, { site: site.name, at });
    part(this.#view, "site-page").href = this.#desk.urlOf("site", site.id);
  }

  #row(space, told) {
    const row = write(piece("space"), {
      name: space.name,
      rule: this.#desk.catalogue.rules[space.use_rule],
      in: told(space.within),
      places: told(space.places),
      free: told(space.free),
    });
    if (space.over) part(row, "free").replaceChildren(piece("state-over"));
    return row;
  }
}

const ADULT = 18 * 12;

/** Whether somebody is plainly not among those a space is for; who may be a child is never turned away. */
function goesAgainst(rule, { sex, months }) {
  if (rule === "women_children") return sex === "male" && months !== null && months >= ADULT;
  if (rule === "men") return sex === "female";
  return false;
}
