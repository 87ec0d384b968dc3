// People of a household whose names can wait: how many of each sex and age band, in a small table.

import { part, piece } from "../../core/entries/parts.js";

const SEXES = ["female", "male", "unknown"];
const MOST = 60;

export class Numbers {
  #desk;
  #root;
  #boxes = [];
  #ids = new Map();

  constructor(desk, root) {
    this.#desk = desk;
    this.#root = root;
  }

  /** A site counts ages in its own bands. */
  siteChanged() {
    const kept = new Map(this.#boxes.map((box) => [box.id, box.value]));
    const labels = SEXES.map((sex) => part(this.#root, sex).textContent.trim());
    const rows = this.#desk.site.bands.map((band) => {
      const row = piece("numbers-row");
      const said = band === "unknown" ? this.#desk.words.band_unknown : band;
      part(row, "band").textContent = said;
      row.querySelectorAll("input").forEach((box, at) => {
        box.id = `unnamed-${SEXES[at]}-${band}`;
        box.dataset.sex = SEXES[at];
        box.dataset.band = band;
        box.setAttribute("aria-label", `${labels[at]}, ${said}`);
        box.value = kept.get(box.id) ?? "";
      });
      return row;
    });
    part(this.#root, "rows").replaceChildren(...rows);
    this.#boxes = [...this.#root.querySelectorAll("input")];
  }

  get people() {
    return this.#written().reduce((sum, [, persons]) => sum + persons, 0);
  }

  /** What is written and is no number from 0 to the most, as [box, sentence]. */
  problems() {
    const wrong = this.#boxes.filter((box) => box.value.trim() !== "" && !(/^\d{1,2}$/.test(box.value.trim()) && Number(box.value) <= MOST));
    if (wrong.length) this.#root.open = true;
    return wrong.map((box) => [box, this.#desk.words.number_wrong]);
  }

  /** The numbers as the verb takes them; each keeps its id however often it is sent. */
  record(space) {
    return this.#written().map(([box, persons]) => ({
      unnamed_id: this.#idFor(box.id),
      persons,
      sex: box.dataset.sex,
      band: box.dataset.band,
      ...(space && { space_id: space }),
    }));
  }

  #written() {
    return this.#boxes.map((box) => [box, Number(box.value) || 0]).filter(([, persons]) => persons > 0);
  }

  #idFor(cell) {
    if (!this.#ids.has(cell)) this.#ids.set(cell, this.#desk.clock.id());
    return this.#ids.get(cell);
  }
}
