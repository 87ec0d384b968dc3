// The one door by which the desk changes anything. An entry is one verb with its arguments; it is made once, sent until it
// is answered, always with the same op_id, so that a lost answer never makes it happen twice. Entries are sent one after
// the other, each under the account that made it. They live in this page's memory: whoever leaves is asked first.

import { Silence } from "./server.js";

const PAUSES = [1, 2, 4, 8, 15, 30];
const UNSURE = new Set([408, 425, 502, 503, 504]);

/** The states of an entry: waiting, confirmed, held (kept for a person to settle), refused. */
export class Entry {
  state = "waiting";
  why = "";
  answer = null;
  tries = 0;

  constructor(clock, verb, args, about) {
    this.verb = verb;
    this.about = about;
    this.opId = clock.id();
    this.at = about.at ?? clock.now();
    this.bytes = JSON.stringify({ op_id: this.opId, happened_at: this.at.toISOString(), arguments: args });
    this.settled = new Promise((settle) => (this.settle = settle));
  }

  /** What a refusal says, and beside which arguments. */
  get sentence() {
    return this.answer?.detail ?? this.answer?.reason?.sentence ?? "";
  }

  get fields() {
    return this.answer?.fields ?? {};
  }
}

/** Says "change" whenever an entry is added or its state moves. */
export class Outbox extends EventTarget {
  entries = [];
  #clock;
  #server;
  #account;
  #token;
  #sending = false;
  #timer = 0;

  constructor(clock, server, account) {
    super();
    this.#clock = clock;
    this.#server = server;
    this.#account = account;
    this.#token = server.token();
    window.addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden || this.flush());
  }

  /**
   * Makes an entry and sends it as soon as those before it are answered. about: what the page shows of it, and when it
   * happened, if that was not now.
   */
  add(verb, args, about = {}) {
    const entry = new Entry(this.#clock, verb, args, about);
    this.entries.push(entry);
    this.#changed();
    this.flush();
    return entry;
  }

  get waiting() {
    return this.entries.filter((entry) => entry.state === "waiting");
  }

  /** Takes an answered entry off the list. */
  forget(entry) {
    if (entry.state !== "waiting") this.entries = this.entries.filter((one) => one !== entry);
    this.#changed();
  }

  /** Sends what waits, now. */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#sending) return;
    this.#sending = true;
    const tried = new Set();
    let pause = 0;
    for (let entry; (entry = this.waiting.find((one) => !tried.has(one))); tried.add(entry)) {
      pause = Math.max(pause, await this.#send(entry));
      // What fails by itself lets the others pass; a silence or another's session would meet them all.
      if (pause && entry.why !== "failed") break;
    }
    this.#sending = false;
    if (pause) this.#timer = setTimeout(() => this.flush(), pause * 1000);
  }

  /** Gives the seconds after which to try again; 0 when the entry is answered. */
  async #send(entry) {
    try {
      if (!(await this.#isMe())) return this.#later(entry, "other_account");
      const answer = await this.#post(entry);
      if (isSignedOut(answer)) return this.#later(entry, "signed_out");
      if (answer.status === 500) return this.#later(entry, "failed");
      if (isUndecided(answer)) return this.#later(entry, "no_answer", answer.wait);
      return this.#settle(entry, answer);
    } catch (trouble) {
      if (!(trouble instanceof Silence)) throw trouble;
      return this.#later(entry, "no_answer");
    }
  }

  async #post(entry) {
    const path = `/api/v1/verbs/${entry.verb}`;
    const answer = await this.#server.post(path, entry.bytes);
    if (answer.body?.code !== "api.old_page") return answer;
    await this.#server.renewToken();
    return this.#server.post(path, entry.bytes);
  }

  /** Whether the one who made the entries is still signed in; asked again when the browser's token has changed. */
  async #isMe() {
    if (this.#server.token() === this.#token) return true;
    const me = await this.#server.get("/api/v1/me");
    if (me.status !== 200) return me.status === 401;
    if (me.body.account_id !== this.#account) return false;
    this.#token = this.#server.token();
    return true;
  }

  #later(entry, why, seconds = 0) {
    const pause = seconds || PAUSES[Math.min(entry.tries, PAUSES.length - 1)];
    entry.tries += 1;
    entry.why = why;
    this.#changed();
    return pause;
  }

  #settle(entry, answer) {
    entry.state = answer.status === 200 ? "confirmed" : answer.status === 202 ? "held" : "refused";
    entry.answer = answer.body;
    entry.why = "";
    this.#changed();
    entry.settle(entry);
    return 0;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Nothing was decided: too many calls at once, a server in between, or an answer that is not ours. */
const isUndecided = ({ status, body }) => !body || UNSURE.has(status) || body.code === "api.too_many";

/** Led to another page, or asked for a password or a second factor: nothing was looked at yet. */
const isSignedOut = ({ status, body }) => status === 0 || status === 401 || body?.code === "accounts.second_factor_missing";
