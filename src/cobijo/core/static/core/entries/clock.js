// What time it is for the server, whatever this device's clock says, and ids of new records.
//
// Two clocks: the system's, from which ids are made, and the domain's (moved in the demonstration), in which things happen.

const NOTICEABLE = 2000;

export class Clock {
  #skew;
  #shift;

  /** here: {time, now}, the system's and the domain's moment at the server when the page was made. */
  constructor(here) {
    this.#skew = here.time - Date.now();
    this.#shift = Date.parse(here.now) - here.time;
  }

  /** Takes the moment of an answer (its Date header, exact to the second). */
  hear(moment) {
    const skew = Date.parse(moment) - Date.now();
    if (Number.isFinite(skew) && Math.abs(skew - this.#skew) > NOTICEABLE) this.#skew = skew;
  }

  system() {
    return Date.now() + this.#skew;
  }

  now() {
    return new Date(this.system() + this.#shift);
  }

  /** Today at a site, as {year, month, day}. */
  today(zone) {
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(this.now()).split("-").map(Number);
    return { year: parts[0], month: parts[1], day: parts[2] };
  }

  /** The moment of a day and hour on a site's clock ("2018-10-29T18:30"); null for nothing. */
  moment(local, zone) {
    if (!local) return null;
    const asIfUtc = Date.parse(`${local}Z`);
    const wall = (at) => {
      const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(at);
      return Date.parse(`${parts.replace(" ", "T")}Z`);
    };
    const offset = wall(asIfUtc) - asIfUtc;
    return new Date(asIfUtc - offset).toISOString();
  }

  /** A new id: UUID version 7 (RFC 9562), 48 bits of milliseconds and 74 random ones. */
  id() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let moment = Math.trunc(this.system());
    for (let at = 5; at >= 0; at--) {
      bytes[at] = moment % 256;
      moment = Math.floor(moment / 256);
    }
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
}
