// Asking the server. Nothing it answers is kept anywhere but in this page's memory, and no name stands in an address.

const PATIENCE = 20_000;

/** No answer came: the network, the server or the wait gave out. What was sent may have arrived. */
export class Silence extends Error {}

export class Server {
  #clock;
  #language = document.documentElement.lang;

  constructor(clock, desk) {
    this.#clock = clock;
    this.desk = desk;
  }

  get(path) {
    return this.#ask(path, { method: "GET" });
  }

  /** body: an object, or text that is JSON already. */
  post(path, body, signal) {
    const sent = typeof body === "string" ? body : JSON.stringify(body);
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token() };
    return this.#ask(path, { method: "POST", body: sent, headers, signal });
  }

  /** The token that pages of this browser carry now; another sign-in changes it. */
  token() {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
    return cookie?.slice("csrftoken=".length) ?? this.#ofThePage();
  }

  /** Fetches a fresh token after the old one was refused. */
  async renewToken() {
    await this.#ask(this.desk, { method: "GET" });
  }

  #ofThePage() {
    return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  }

  async #ask(path, { signal, headers, ...options }) {
    const patience = AbortSignal.timeout(PATIENCE);
    const said = { Accept: "application/json", "Accept-Language": this.#language, ...headers };
    const limits = signal ? AbortSignal.any([signal, patience]) : patience;
    try {
      const answer = await fetch(path, { ...options, headers: said, signal: limits, cache: "no-store", redirect: "manual" });
      this.#clock.hear(answer.headers.get("Date"));
      return { status: answer.status, wait: Number(answer.headers.get("Retry-After")), body: await content(answer) };
    } catch (trouble) {
      if (signal?.aborted) throw trouble;
      throw new Silence(trouble.message);
    }
  }
}

/** The answer as JSON; null where it is something else (a page of a server in between). */
async function content(answer) {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
