// Typing in a stack of forms: one after the other, by the keyboard alone. Everything typed is in this page's memory only;
// each form is one entry of the outbox, made anew when it was refused, under the same ids.

import { Clock } from "../../core/entries/clock.js";
import { Outbox } from "../../core/entries/outbox.js";
import { offer, part, piece, say, showWrong, clearWrong } from "../../core/entries/parts.js";
import { Server, Silence } from "../../core/entries/server.js";
import { fill } from "../../core/entries/words.js";
import { Sheet } from "./sheet.js";

const NOBODY = "00000000-0000-0000-0000-000000000000";
const SOON = 1500;

class Screen {
  lastOrigin = null;
  #here;
  #sheet;
  #times = [];
  #began = 0;

  constructor(here, catalogue) {
    this.#here = here;
    this.words = here.words;
    this.letters = here.letters;
    this.labels = here.labels;
    this.language = here.letters[document.documentElement.lang] ? document.documentElement.lang : "es";
    this.catalogue = catalogue.words;
    this.locale = catalogue.locale;
    this.clock = new Clock(here);
    this.server = new Server(this.clock, location.pathname);
    this.outbox = new Outbox(this.clock, this.server, here.account);
    this.site = here.sites[0];
    this.root = document.querySelector("[data-typing]");
    const languages = document.getElementById("explained");
    offer(languages, catalogue.languages);
    this.#sheet = new Sheet(this, part(this.root, "sheet"));
  }

  static async open() {
    const here = JSON.parse(document.getElementById("here").textContent);
    if (!here.sites.length) return;
    const answer = await fetch(here.urls.catalogue).catch(() => null);
    document.getElementById("typing-broken").hidden = Boolean(answer?.ok);
    if (answer?.ok) await new Screen(here, await answer.json()).#start();
  }

  async #start() {
    window.addEventListener("beforeunload", (event) => {
      if (this.#sheet.isTouched || this.outbox.waiting.length) event.preventDefault();
    });
    document.addEventListener("scanned", (event) => this.#takeCard(event));
    this.outbox.addEventListener("change", () => this.#sayWhy());
    this.#sheet.box("day").value = this.todayText();
    this.#showLetters();
    await this.#offerSpaces();
    this.root.dataset.ready = "yes";
    this.#sheet.box("form").focus();
  }

  // --- the site ------------------------------------------------------------------------------------------------------

  today() {
    return this.clock.today(this.site.zone);
  }

  todayText() {
    const { year, month, day } = this.today();
    return [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  }

  async chooseSite(id) {
    this.site = this.#here.sites.find((site) => site.id === id);
    await this.#offerSpaces();
  }

  async #offerSpaces() {
    const box = this.#sheet.box("space");
    box.length = 1;
    const answer = await this.server.get(this.#here.urls.figures.replace(NOBODY, this.site.id)).catch(() => null);
    if (answer?.status === 200) offer(box, answer.body.spaces.map((space) => [space.id, space.name]));
  }

  /** What the letters mean, in the language of the form. */
  #showLetters() {
    const letters = this.letters[this.#sheet.open?.language ?? this.language];
    const said = ["kinship", "presence", "needs", "feeding"].map((name) =>
      Object.entries(letters[name]).map(([letter, value]) => `${letter} ${this.labels[name][value] ?? value}`).join(", "),
    );
    part(this.root, "key-line").textContent = said.join(" · ");
  }

  /** A card read by a scanner that types is the one written on the form. */
  #takeCard(event) {
    event.preventDefault();
    this.#sheet.box("card").value = event.detail;
  }

  // --- asking --------------------------------------------------------------------------------------------------------

  /** A name in its parts, by the server's own rules. */
  async takeApart(name) {
    const answer = await this.server.post("/api/v1/forms/names", { names: [name] });
    if (answer.status !== 200) throw new Silence("no parts");
    return answer.body.items[0];
  }

  /** The form of the number typed: what lies beside it is said, and the keyboard goes on, unless it has gone already. */
  async lookUp(goOn = true) {
    const [sheet, box] = [this.#sheet, this.#sheet.box("form")];
    if (!box.value.trim()) return undefined;
    clearWrong(sheet.root);
    const says = part(sheet.root, "form-says");
    says.textContent = this.words.checking;
    const answer = await this.server.post("/api/v1/forms/open", { form: box.value }).catch(() => null);
    says.textContent = "";
    if (answer?.status !== 200) return this.#notThisForm(box, answer);
    sheet.open = answer.body;
    box.value = answer.body.number;
    const { card } = answer.body;
    says.textContent = [fill(this.words.form_of, answer.body), card ? fill(this.words.with_card, { card }) : this.words.without_card].join(" ");
    this.#began = Date.now();
    this.#showLetters();
    if (goOn) sheet.focusFirst();
    return undefined;
  }

  #notThisForm(box, answer) {
    clearWrong(this.#sheet.root);
    showWrong(box, answer?.body?.fields?.form ?? answer?.body?.detail ?? this.catalogue.read_no_answer);
    box.focus();
    box.select();
  }

  // --- saving --------------------------------------------------------------------------------------------------------

  async save() {
    const sheet = this.#sheet;
    if (sheet.root.inert || !sheet.check()) return;
    const args = await sheet.call().catch(() => null);
    if (!args) {
      sheet.forgetParts();
      return this.#fail(this.words.names_silent);
    }
    sheet.root.inert = true;
    const entry = this.outbox.add("sites.receive_form", args, { at: sheet.moment() });
    const slow = setTimeout(() => this.#fail(this.words.silent), SOON);
    await entry.settled;
    clearTimeout(slow);
    sheet.root.inert = false;
    this.outbox.forget(entry);
    this.#fail("");
    if (entry.state === "refused") return sheet.refuse(entry);
    return this.#typedIn(entry);
  }

  #fail(sentence) {
    part(this.root, "why").textContent = sentence;
  }

  #sayWhy() {
    const why = this.outbox.waiting.find((entry) => entry.why)?.why;
    if (why) this.#fail(this.catalogue[`why_${why}`]);
  }

  async #typedIn(entry) {
    const sheet = this.#sheet;
    const [number, next, household] = [sheet.value("form"), sheet.open?.after ?? "", sheet.householdId];
    const collector = entry.state === "confirmed" ? sheet.collector() : null;
    this.#times.push((Date.now() - (this.#began || Date.now())) / 1000);
    this.lastOrigin = sheet.origin;
    sheet.clear();
    part(sheet.root, "form-says").textContent = "";
    this.#offerNext(next);
    const named = collector ? this.outbox.add("people.name_collector", collector) : null;
    await this.#show(entry, number, household);
    if (named) await this.#tellCollector(named);
  }

  #offerNext(next) {
    const box = this.#sheet.box("form");
    box.value = next;
    box.focus();
    box.select();
    window.scrollTo(0, 0);
  }

  async #show(entry, number, household) {
    const last = part(this.root, "last");
    last.hidden = false;
    part(last, "state").replaceChildren(piece(`state-${entry.state}`));
    const link = part(last, "saved");
    link.href = this.#here.urls.household.replace(NOBODY, household);
    link.textContent = number;
    part(last, "pace").textContent = this.#pace();
    const sentences = (entry.answer.flags ?? []).map((flag) => flag.sentence).filter(Boolean);
    part(last, "flags").replaceChildren(...sentences.map((sentence) => this.#flag(sentence)));
    if (entry.state === "held") {
      link.removeAttribute("href");
      link.textContent = fill(this.words.held, { number });
      return say(`${link.textContent} ${entry.sentence}`);
    }
    const answer = await this.server.get(`/api/v1/households/${household}`).catch(() => null);
    if (answer?.status !== 200) return undefined;
    link.textContent = fill(this.words.saved, { code: answer.body.code });
    last.dataset.code = answer.body.code;
    return say(link.textContent);
  }

  #flag(sentence) {
    const line = piece("flag");
    part(line, "sentence").textContent = sentence;
    return line;
  }

  async #tellCollector(entry) {
    await entry.settled;
    this.outbox.forget(entry);
    if (entry.state === "refused") part(part(this.root, "last"), "flags").append(this.#flag(entry.sentence));
  }

  /** How many, and the seconds within which half of them were typed. */
  #pace() {
    const sorted = [...this.#times].sort((one, other) => one - other);
    const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
    return fill(this.words.saved_many, { n: sorted.length, seconds: Math.round(middle) });
  }
}

Screen.open();
