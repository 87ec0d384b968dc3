// The sheet of a roll-call. Marks go by the outbox; what colleagues marked is asked for while somebody works with the page.
// Seen is seen: whoever one of them saw is here, though another did not find them.

import { ask, Unanswered } from "../core/entries/asking.js";
import { Clock } from "../core/entries/clock.js";
import { Outbox } from "../core/entries/outbox.js";
import { part, say, write } from "../core/entries/parts.js";
import { Server } from "../core/entries/server.js";
import { count, fill } from "../core/entries/words.js";
import { hasCamera, scanOnce } from "../people/camera.js";

const EVERY = 5_000;
const WHILE_TOUCHED = 5 * 60_000;
const PAUSE = 700;
const AT_ONCE = 60;

class RollCall {
  #here;
  #root;
  #words;
  #state;
  #mine = new Map();
  #people;
  #touched = Date.now();
  #timers = new Map();

  constructor(here, root) {
    [this.#here, this.#root, this.#words, this.#state] = [here, root, here.words, here.state];
    this.#people = here.state.people.join();
    this.clock = new Clock(here);
    this.server = new Server(this.clock, here.urls.page);
    this.outbox = new Outbox(this.clock, this.server, here.account);
  }

  start() {
    this.#listen();
    this.#show();
    setInterval(() => this.#isWorkedWith() && this.#refresh(), EVERY);
    this.#root.dataset.ready = "yes";
  }

  #listen() {
    this.#root.addEventListener("click", (event) => this.#clicked(event));
    for (const box of this.#root.querySelectorAll("[data-nameless] input"))
      box.addEventListener("change", () => this.#countNameless(box, 0));
    part(this.#root, "scan").addEventListener("submit", (event) => this.#submitted(event));
    part(this.#root, "end")?.addEventListener("submit", (event) => this.#mayEnd(event));
    const camera = part(this.#root, "camera");
    camera.hidden = !hasCamera();
    camera.addEventListener("click", async () => this.#scan((await scanOnce()) ?? ""));
    document.addEventListener("scanned", (event) => {
      event.preventDefault();
      this.#scan(event.detail);
    });
    for (const kind of ["pointerdown", "keydown", "scroll"])
      document.addEventListener(kind, () => (this.#touched = Date.now()), { passive: true });
    this.outbox.addEventListener("change", () => this.#showWhy());
    window.addEventListener("beforeunload", (event) => this.outbox.waiting.length && event.preventDefault());
  }

  /** A left page asks for nothing, so that it does not keep a session alive. */
  #isWorkedWith() {
    return !document.hidden && Date.now() - this.#touched < WHILE_TOUCHED && !this.#state.ended;
  }

  // --- marking ---------------------------------------------------------------------------------------------------------

  #clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const room = button.closest("[data-room]");
    if (button.dataset.here) this.#tap(button);
    else if ("all" in button.dataset) this.#mark(this.#unmarked(room), true);
    else if ("none" in button.dataset) this.#mark(this.#unmarked(room), false);
    else if ("less" in button.dataset) this.#countNameless(button.parentElement.querySelector("input"), -1);
    else if ("more" in button.dataset) this.#countNameless(button.parentElement.querySelector("input"), 1);
  }

  #tap(button) {
    const line = button.closest("[data-stay]");
    const here = button.dataset.here === "yes";
    this.#mark([line.dataset.stay], here);
    say(fill(here ? this.#words.said_here : this.#words.said_absent, { who: line.dataset.who }));
  }

  /** Those of a room nobody looked at, who should be in. */
  #unmarked(room) {
    const lines = [...room.querySelectorAll("[data-stay]:not([data-away], [data-expected])")];
    return lines.map((line) => line.dataset.stay).filter((stay) => !this.#seen(stay));
  }

  #mark(stays, here, space = null) {
    for (let at = 0; at < stays.length; at += AT_ONCE) {
      const some = stays.slice(at, at + AT_ONCE);
      for (const stay of some) this.#mine.set(stay, { here, space, mine: true, split: false });
      const marks = some.map((stay_id) => ({ mark_id: this.clock.id(), stay_id, here, space_id: space }));
      this.#send("sites.mark_present", { roll_call_id: this.#here.roll_call, marks }, some);
    }
    this.#show();
  }

  async #send(verb, args, stays) {
    const entry = this.outbox.add(verb, args);
    await entry.settled;
    if (entry.state === "refused") {
      write(this.#root, { refused: entry.sentence });
      for (const stay of stays) this.#mine.delete(stay);
    }
    this.outbox.forget(entry);
    if (!this.outbox.waiting.length) await this.#refresh();
    return entry;
  }

  // --- without a name --------------------------------------------------------------------------------------------------

  /** The newest number of a room is sent when the thumb rests. */
  #countNameless(box, step) {
    const room = box.closest("[data-nameless]").dataset.nameless;
    const persons = Math.min(999, Math.max(0, (Number.parseInt(box.value, 10) || 0) + step));
    box.value = persons;
    clearTimeout(this.#timers.get(room));
    this.#timers.set(room, setTimeout(() => this.#sendNameless(room, persons), PAUSE));
  }

  async #sendNameless(room, persons) {
    const space_id = room === "none" ? null : room;
    await this.#send("sites.count_unknown", { count_id: this.clock.id(), roll_call_id: this.#here.roll_call, persons, space_id }, []);
    this.#timers.delete(room);
  }

  // --- by card ---------------------------------------------------------------------------------------------------------

  #submitted(event) {
    event.preventDefault();
    const box = this.#root.querySelector("#roll-card");
    this.#scan(box.value.trim());
    box.value = "";
  }

  async #scan(text) {
    if (!text) return;
    write(this.#root, { refused: "" });
    try {
      const asked = { site_id: this.#here.site.id, card: text };
      const found = await ask(this.#words, () => this.server.post("/api/v1/gate/scan", asked));
      this.#markScanned(found.shown);
    } catch (trouble) {
      if (!(trouble instanceof Unanswered)) throw trouble;
      const help = trouble.code === "sites.gate_unknown" ? this.#words.not_on_sheet : "";
      write(this.#root, { refused: [trouble.message, help].filter(Boolean).join(" ") });
    }
  }

  #markScanned(shown) {
    const room = this.#root.querySelector("#roll-room");
    this.#mark(shown.map((one) => one.stay_id), true, room.value || null);
    const who = shown.map((one) => one.name ?? one.code).join(", ");
    const space = room.selectedOptions[0].textContent;
    say(fill(room.value ? this.#words.scanned : this.#words.scanned_here, { who, space }));
  }

  // --- what is marked --------------------------------------------------------------------------------------------------

  async #refresh() {
    try {
      this.#state = await ask(this.#words, () => this.server.get(this.#here.urls.state));
      this.#mine.clear();
      this.#show();
    } catch (trouble) {
      if (!(trouble instanceof Unanswered)) throw trouble;
    }
  }

  #seen(stay) {
    return this.#mine.get(stay) ?? this.#state.marks[stay];
  }

  #show() {
    for (const line of this.#root.querySelectorAll("[data-stay]")) this.#showLine(line);
    for (const room of this.#root.querySelectorAll("[data-room]")) this.#showRoom(room);
    this.#showTop();
  }

  #showLine(line) {
    const seen = this.#seen(line.dataset.stay);
    for (const button of line.querySelectorAll("[data-here]"))
      button.setAttribute("aria-pressed", String(Boolean(seen) && seen.here === (button.dataset.here === "yes")));
    const room = line.closest("[data-room]").dataset.room;
    const elsewhere = seen?.here && seen.space && seen.space !== room;
    const said = [seen?.split ? this.#words.split : "", elsewhere ? fill(this.#words.in_space, { space: this.#nameOf(seen.space) }) : ""];
    part(line, "says").textContent = said.filter(Boolean).join("; ");
  }

  #nameOf(space) {
    return [...this.#root.querySelector("#roll-room").options].find((one) => one.value === space)?.textContent ?? "";
  }

  #showRoom(room) {
    const stays = [...room.querySelectorAll("[data-stay]:not([data-away], [data-expected])")].map((line) => line.dataset.stay);
    const looked = stays.filter((stay) => this.#seen(stay)).length;
    const { room: some, room_done, nameless } = this.#words;
    const persons = this.#state.nameless[room.dataset.room] ?? 0;
    const said = stays.length ? (looked === stays.length ? room_done : fill(some, { looked, all: stays.length })) : "";
    part(room, "looked").textContent = [said, persons ? fill(nameless, { n: persons }) : ""].filter(Boolean).join(" ");
    const box = room.querySelector("[data-nameless] input");
    const isTyped = document.activeElement === box || this.#timers.has(room.dataset.room);
    if (!isTyped) box.value = this.#state.nameless[room.dataset.room] ?? "";
  }

  #showTop() {
    const { state, numbers } = { state: this.#state, numbers: this.#numbers() };
    const said = fill(this.#words.count, numbers);
    const nameless = state.nameless_here ? fill(this.#words.nameless, { n: state.nameless_here }) : "";
    const others = state.with.length ? fill(this.#words.with, { names: state.with.join(", ") }) : this.#words.alone;
    const changed = state.people.join() !== this.#people;
    write(this.#root, { count: [said, nameless].filter(Boolean).join(" "), with: others });
    this.#notice("ended", state.ended ? this.#words.ended : "");
    this.#notice("changed", changed && !state.ended ? this.#words.changed : "");
    const end = part(this.#root, "end-says");
    if (end) end.textContent = numbers.unmarked ? count(this.#words.end, numbers.unmarked) : this.#words.end_all;
  }

  #notice(name, sentence) {
    part(this.#root, `${name}-says`).textContent = sentence;
    part(this.#root, name).hidden = !sentence;
  }

  /** What is marked, with what is under way from here. */
  #numbers() {
    const numbers = { here: 0, absent: 0, unmarked: 0 };
    for (const line of this.#root.querySelectorAll("[data-stay]")) {
      const seen = this.#seen(line.dataset.stay);
      const isIn = !("away" in line.dataset) && !("expected" in line.dataset);
      if (seen?.here) numbers.here += 1;
      else if (isIn) numbers[seen ? "absent" : "unmarked"] += 1;
    }
    return numbers;
  }

  #showWhy() {
    const why = this.outbox.waiting.find((entry) => entry.why)?.why;
    write(this.#root, { why: why ? `${count(this.#words.waiting, this.outbox.waiting.length)} ${this.#words[`why_${why}`]}` : "" });
  }

  /** The end waits for what is under way from this page. */
  #mayEnd(event) {
    if (!this.outbox.waiting.length && !this.#timers.size) return;
    event.preventDefault();
    this.outbox.flush();
    this.#showWhy();
  }
}

const root = document.querySelector("[data-roll]");
if (root) new RollCall(JSON.parse(document.getElementById("here").textContent), root).start();
