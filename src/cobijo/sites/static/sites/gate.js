// The gate: a card or code is looked up, the face is shown, one of three buttons records what happens. Everything goes by
// the outbox, the one door by which a page changes anything; nothing of people is kept beyond this page.

import { ask, Unanswered } from "../core/entries/asking.js";
import { Clock } from "../core/entries/clock.js";
import { Outbox } from "../core/entries/outbox.js";
import { part, piece, say, write } from "../core/entries/parts.js";
import { Server } from "../core/entries/server.js";
import { count, fill } from "../core/entries/words.js";
import { hasCamera, scanOnce } from "../people/camera.js";
import { GatePeople } from "./gate_people.js";

const MOST_ENTRIES = 12;

class Gate {
  #here;
  #root;
  #words;
  #entries = [];

  constructor(here, root) {
    [this.#here, this.#root, this.#words] = [here, root, here.words];
    this.clock = new Clock(here);
    this.server = new Server(this.clock, here.urls.page);
    this.outbox = new Outbox(this.clock, this.server, here.account);
    this.people = new GatePeople(part(root, "shown"), here);
  }

  start() {
    for (const line of this.#here.recent) this.#entries.push({ ...line, at: new Date(line.at), state: "confirmed" });
    this.#listen();
    this.#showEntries();
    this.#root.dataset.ready = "yes";
    this.#field.focus();
  }

  get #field() {
    return this.#root.querySelector("#gate-card");
  }

  #listen() {
    part(this.#root, "scan").addEventListener("submit", (event) => this.#submitted(event));
    part(this.#root, "visit").addEventListener("submit", (event) => this.#visitor(event));
    const camera = part(this.#root, "camera");
    camera.hidden = !hasCamera();
    camera.addEventListener("click", async () => this.look((await scanOnce()) ?? ""));
    document.addEventListener("scanned", (event) => {
      event.preventDefault();
      this.look(event.detail);
    });
    this.people.root.addEventListener("passes", (event) => this.#record(event.detail));
    this.people.root.addEventListener("left", () => this.#clear());
    this.outbox.addEventListener("change", () => this.#showEntries());
    window.addEventListener("beforeunload", (event) => this.outbox.waiting.length && event.preventDefault());
  }

  #submitted(event) {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (text) this.look(text);
  }

  /** Shows whom a card or code means; a card of the same household joins those shown. */
  async look(text) {
    if (!text) return;
    this.#field.value = "";
    write(this.#root, { refused: "" });
    try {
      const asked = { site_id: this.#here.site.id, card: text };
      this.people.show(await ask(this.#words, () => this.server.post("/api/v1/gate/scan", asked)));
    } catch (trouble) {
      if (!(trouble instanceof Unanswered)) throw trouble;
      this.#clear();
      write(this.#root, { refused: trouble.message });
    }
  }

  #clear() {
    this.people.clear();
    this.#field.focus();
  }

  // --- what passes -----------------------------------------------------------------------------------------------------

  /** Grown-ups first, so that a child who goes with them is not taken for alone. */
  #record({ way, people, meal, back }) {
    const grownFirst = [...people].sort((one, other) => Number(one.child === true) - Number(other.child === true));
    for (const one of grownFirst) this.#pass(one, way, meal, back);
    this.#clear();
  }

  #pass(one, way, meal, back) {
    const args = { passage_id: this.clock.id(), site_id: this.#here.site.id, stay_id: one.stay_id, way };
    if (way === "meal") args.meal = meal;
    if (way === "out" && back) args.expected_back = this.#moment(back);
    const entry = this.outbox.add("sites.pass_gate", args);
    const mealWord = way === "meal" ? this.#words[`meal_${meal}`] : "";
    const line = { id: args.passage_id, who: one.name ?? one.code, way, meal: mealWord, at: entry.at, odd: [], entry };
    this.#entries.unshift(line);
    entry.settled.then(() => this.#settled(line));
    this.#showEntries();
  }

  /** The moment of an hour on the site's clock: today, or tomorrow where it has passed. */
  #moment(hour) {
    const { zone } = this.#here.site;
    const { year, month, day } = this.clock.today(zone);
    const on = (more) => new Date(Date.UTC(year, month - 1, day + more)).toISOString().slice(0, 10);
    const today = this.clock.moment(`${on(0)}T${hour}`, zone);
    return Date.parse(today) > this.clock.now().getTime() ? today : this.clock.moment(`${on(1)}T${hour}`, zone);
  }

  #settled(line) {
    const { entry } = line;
    line.odd = (entry.answer?.flags ?? []).map((flag) => flag.sentence).filter(Boolean);
    if (entry.state === "refused") line.odd = [entry.sentence];
    line.may_undo = entry.state === "confirmed";
    if (entry.state !== "waiting") this.outbox.forget(entry);
    const sentence = fill(this.#words.recorded, { who: line.who, what: this.#what(line) });
    say([sentence, ...line.odd].join(" "), line.odd.length > 0);
    this.#showEntries();
  }

  async #undo(line) {
    const entry = this.outbox.add("sites.undo_passage", { passage_id: line.id });
    await entry.settled;
    if (entry.state === "confirmed") {
      this.#entries = this.#entries.filter((one) => one !== line);
      say(fill(this.#words.undone, { who: line.who }));
    } else {
      Object.assign(line, { odd: [entry.sentence], may_undo: false });
      say(entry.sentence, true);
    }
    this.outbox.forget(entry);
    this.#showEntries();
  }

  // --- what was recorded -----------------------------------------------------------------------------------------------

  #showEntries() {
    const why = this.outbox.waiting.find((entry) => entry.why)?.why;
    const waits = count(this.#words.waiting, this.outbox.waiting.length);
    write(this.#root, { why: why ? `${waits} ${this.#words[`why_${why}`]}` : "" });
    this.#entries.length = Math.min(this.#entries.length, MOST_ENTRIES);
    part(this.#root, "entries").replaceChildren(...this.#entries.map((line) => this.#line(line)));
    part(this.#root, "nothing").hidden = this.#entries.length > 0;
  }

  #line(line) {
    const shown = write(piece("gate-entry"), {
      hour: this.#hour(line.at),
      says: fill(this.#words.recorded, { who: line.who, what: this.#what(line) }),
      odd: line.odd.join(" "),
    });
    const state = line.entry?.state ?? "confirmed";
    if (state !== "confirmed") part(shown, "state").replaceChildren(piece(`state-${state}`));
    const undo = part(shown, "undo");
    undo.hidden = !line.may_undo;
    undo.setAttribute("aria-label", fill(this.#words.undo_of, { who: line.who, what: this.#what(line) }));
    undo.addEventListener("click", () => this.#undo(line));
    return shown;
  }

  #what(line) {
    return line.way === "meal" && line.meal ? line.meal : this.#words[`said_${line.way}`];
  }

  #hour(at) {
    const { zone } = this.#here.site;
    return new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false }).format(at);
  }

  // --- visitors --------------------------------------------------------------------------------------------------------

  /** The one answer, whoever is asked for: the message is passed. */
  async #visitor(event) {
    event.preventDefault();
    const [name, asks] = ["#visit-name", "#visit-asks"].map((id) => this.#root.querySelector(id));
    const words = { visitor_name: name.value.trim(), asked_for: asks.value.trim() };
    if (!words.visitor_name || !words.asked_for) return say(this.#words.visit_missing, true);
    const args = { visit_id: this.clock.id(), site_id: this.#here.site.id, ...words };
    const entry = this.outbox.add("sites.announce_visit", args);
    [name.value, asks.value] = ["", ""];
    say(this.#words.visit_waits);
    await entry.settled;
    if (entry.state === "refused") return write(this.#root, { refused: entry.sentence });
    const line = write(piece("gate-message"), { hour: this.#hour(entry.at) });
    part(this.#root, "messages").prepend(line);
    this.outbox.forget(entry);
    say(fill(this.#words.visit_passed, { hour: this.#hour(entry.at) }));
  }
}

const root = document.querySelector("[data-gate]");
if (root) new Gate(JSON.parse(document.getElementById("here").textContent), root).start();
