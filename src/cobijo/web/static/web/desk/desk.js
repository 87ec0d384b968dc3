// The desk: one document with three views. It puts the parts together, shows what is under way, and keeps what is typed.

import { Clock } from "../../core/entries/clock.js";
import { Find } from "./find.js";
import { Outbox } from "../../core/entries/outbox.js";
import { offer, part, piece, write } from "../../core/entries/parts.js";
import { monthsOfKnown } from "./reading.js";
import { Register } from "./register.js";
import { Server } from "../../core/entries/server.js";
import { Today } from "./today.js";
import { count } from "../../core/entries/words.js";

class Desk {
  lastShared = null;
  #here;
  #views = new Map();
  #today;

  constructor(here, catalogue) {
    this.#here = here;
    this.catalogue = catalogue;
    this.words = catalogue.words;
    this.locale = catalogue.locale;
    this.language = document.documentElement.lang;
    this.clock = new Clock(here);
    this.server = new Server(this.clock, location.pathname);
    this.outbox = new Outbox(this.clock, this.server, here.account);
    this.site = here.sites[0];
  }

  static async open() {
    const here = JSON.parse(document.getElementById("here").textContent);
    if (!here.sites.length) return;
    const answer = await fetch(here.urls.catalogue).catch(() => null);
    document.getElementById("desk-broken").hidden = Boolean(answer?.ok);
    if (answer?.ok) new Desk(here, await answer.json()).#start();
  }

  #start() {
    const view = (name) => document.querySelector(`[data-view="${name}"]`);
    this.#today = new Today(this, document.querySelector("[data-today]"), view("site"));
    if (view("register")) this.#views.set("register", new Register(this, view("register")));
    this.#views.set("find", new Find(this, view("find")));
    this.#views.set("site", null);
    this.outbox.addEventListener("change", () => this.#showOutbox());
    document.getElementById("desk-site")?.addEventListener("change", (event) => this.#chooseSite(event.target.value));
    window.addEventListener("hashchange", () => this.#show());
    document.addEventListener("scanned", (event) => this.#takeCard(event));
    window.addEventListener("beforeunload", (event) => this.#askBeforeLeaving(event));
    document.querySelector("[data-desk]").dataset.ready = "yes";
    this.refreshSite();
    this.#show();
  }

  // --- what the parts ask for ------------------------------------------------------------------------------------------

  today() {
    return this.clock.today(this.site.zone);
  }

  refreshSite() {
    return this.#today.refresh();
  }

  spacesChanged() {
    this.#views.get("register")?.siteChanged();
  }

  spacePairs() {
    return this.#today.pairs();
  }

  spaceName(id) {
    return this.#today.nameOf(id);
  }

  sayRoom(place, space, people, more = 0) {
    this.#today.sayRoom(place, space, people, more);
  }

  /** A registered person as the rules of a space see them. */
  asGuest(person) {
    return { sex: person.sex, months: monthsOfKnown(person.birth, this.today()) };
  }

  languageName(tag) {
    return this.catalogue.languages.find((pair) => pair?.[0] === tag)?.[1] ?? tag;
  }

  urlOf(kind, id) {
    return this.#here.urls[kind].replace("00000000-0000-0000-0000-000000000000", id);
  }

  /** Fills the choices marked data-catalogue; those of countries begin with the site's own. */
  offerCatalogues(root) {
    for (const box of root.querySelectorAll("[data-catalogue]")) offer(box, this.catalogue[box.dataset.catalogue]);
  }

  /** Shows a person where people are found. */
  showPerson(id) {
    location.hash = "#find";
    this.#views.get("find").open(id);
  }

  // --- views -----------------------------------------------------------------------------------------------------------

  #show() {
    const wanted = location.hash.slice(1);
    const name = this.#views.has(wanted) ? wanted : this.#views.keys().next().value;
    for (const view of document.querySelectorAll("[data-view]")) view.hidden = view.dataset.view !== name;
    for (const link of document.querySelectorAll("[data-view-link], .tasks a")) {
      const isHere = link.pathname === location.pathname && link.hash === `#${name}`;
      if (isHere) link.setAttribute("aria-current", "page");
      else if (link.pathname === location.pathname) link.removeAttribute("aria-current");
    }
    document.title = `${document.getElementById(`${name}-title`).textContent} – Cobijo`;
    window.scrollTo(0, 0);
    if (this.#views.get(name)) this.#views.get(name).focus();
    else document.getElementById(`${name}-title`).focus();
  }

  /** A card read by a scanner that types: while registering it is for that household, else it is to be found. */
  #takeCard(event) {
    event.preventDefault();
    const registering = document.querySelector("[data-view=register]:not([hidden])");
    if (!registering) location.hash = "#find";
    this.#views.get(registering ? "register" : "find").takeCard(event.detail);
  }

  #chooseSite(id) {
    this.site = this.#here.sites.find((site) => site.id === id);
    this.refreshSite();
    this.spacesChanged();
  }

  // --- entries ---------------------------------------------------------------------------------------------------------

  #showOutbox() {
    const place = document.getElementById("outbox");
    const shown = this.outbox.entries.filter((entry) => entry.state !== "waiting" || entry.tries > 0);
    const why = this.outbox.waiting.find((entry) => entry.why)?.why;
    const sentence = why ? `${count(this.words.waiting, this.outbox.waiting.length)} ${this.words[`why_${why}`]}` : "";
    write(place, { why: sentence });
    part(place, "list").replaceChildren(...shown.map((entry) => this.#entry(entry)));
    place.hidden = !shown.length;
  }

  #entry(entry) {
    const line = write(piece("entry"), { label: entry.about.label ?? "", sentence: entry.sentence });
    part(line, "state").replaceChildren(piece(`state-${entry.state}`));
    const acts = {
      again: [entry.state === "waiting", () => this.outbox.flush()],
      correct: [entry.state === "refused" && entry.about.family, () => this.#correct(entry)],
      dismiss: [entry.state !== "waiting" && !(entry.state === "refused" && entry.about.family), () => this.outbox.forget(entry)],
    };
    const { family } = entry.about;
    part(line, "open").hidden = entry.state !== "confirmed" || !family;
    if (family) part(line, "open").href = this.urlOf("household", family.householdId);
    for (const [name, [isOffered, act]] of Object.entries(acts)) {
      part(line, name).hidden = !isOffered;
      part(line, name).addEventListener("click", act);
    }
    return line;
  }

  #correct(entry) {
    location.hash = "#register";
    this.#views.get("register").correct(entry);
  }

  #askBeforeLeaving(event) {
    const unsent = this.outbox.entries.some((entry) => entry.state === "waiting" || (entry.state === "refused" && entry.about.family));
    const touched = [...this.#views.values()].some((view) => view?.isTouched);
    if (unsent || touched) event.preventDefault();
  }
}

Desk.open();
