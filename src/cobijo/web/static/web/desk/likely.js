// Who somebody being written down may be already: asked while they are written, shown beneath them with the evidence, and
// what the registrar says of it. It never stands in the way of saving. Of somebody registered where the registrar sees
// nobody it says no more than that, and only by a document that was seen.

import { part, piece, say, write } from "../../core/entries/parts.js";
import { ageOf, findCandidates, readStays, Unanswered, whereIs } from "./reading.js";
import { fill } from "../../core/entries/words.js";

const PAUSE = 600;
const NOBODY = { members: [], elsewhere: [] };

export class Likely {
  #desk;
  #family;
  #timer = 0;
  #asking = null;
  #asked = "";
  #found = new Map();
  #verdicts = new Map();

  constructor(desk, family) {
    [this.#desk, this.#family] = [desk, family];
  }

  /** Something was typed: ask a moment after the last key. */
  changed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  /** What was said of people who are registered under ids of their own, as the verb takes it. */
  judged(members) {
    return members.flatMap((member) =>
      [...(this.#verdicts.get(member) ?? [])].map(([other, verdict]) => ({
        pair_id: this.#desk.clock.id(),
        first_id: other,
        second_id: member.personId,
        verdict,
      })),
    );
  }

  async #ask() {
    const members = this.#family.members.filter((member) => member.isAskable && !member.known);
    const records = this.#family.records(members).map((record, at) => asked(record, members[at]));
    const wanted = JSON.stringify(records);
    if (wanted === this.#asked) return;
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const found = members.length ? await findCandidates(this.#desk, records, signal) : NOBODY;
      const ids = found.members.flat().map(({ person }) => person.id);
      const stays = ids.length ? await readStays(this.#desk, ids) : {};
      if (signal.aborted) return;
      this.#asked = wanted;
      for (const member of this.#family.members) {
        const at = members.indexOf(member);
        this.#show(member, found.members[at] ?? [], stays, Boolean(found.elsewhere[at]));
      }
    } catch (trouble) {
      // Whoever is registered is not kept waiting for it: it is asked again at the next key.
      if (!signal.aborted && !(trouble instanceof Unanswered)) throw trouble;
    }
  }

  #show(member, candidates, stays, elsewhere) {
    const told = this.#verdicts.get(member);
    const open = candidates.filter(({ person }) => !told?.has(person.id));
    const lines = [...open.map(({ person }) => person.id), ...(elsewhere ? ["elsewhere"] : [])].join();
    if (lines === (this.#found.get(member) ?? "") && member.isWarned === Boolean(lines)) return;
    this.#found.set(member, lines);
    const notice = elsewhere ? piece("elsewhere") : null;
    member.warn([...open.map((one) => this.#line(member, one, stays[one.person.id] ?? null)), ...(notice ? [notice] : [])]);
    if (open.length) say(fill(this.#desk.words.likely_said, { name: open[0].person.label }));
    else if (notice) say(part(notice, "sentence").textContent);
  }

  #line(member, { person, said, evidence }, stay) {
    const { words, catalogue } = this.#desk;
    const line = write(piece("likely"), {
      name: person.label,
      code: person.code,
      about: [ageOf(person, this.#desk), catalogue.sexes[person.sex]].join(", "),
      place: whereIs(this.#desk, stay),
      why: `${said}. ${evidence.map((one) => one.said).join("; ")}.`,
    });
    line.addEventListener("click", ({ target }) => {
      const verdict = target.closest("[data-verdict]")?.dataset.verdict;
      if (verdict === "same") this.#family.isKnown(member, { ...person, stay });
      else if (verdict) this.#tell(member, person, verdict);
    });
    return line;
  }

  #tell(member, person, verdict) {
    if (!this.#verdicts.has(member)) this.#verdicts.set(member, new Map());
    this.#verdicts.get(member).set(person.id, verdict);
    this.#found.delete(member);
    this.#asked = "";
    member.warn([]);
    say(this.#desk.words[`likely_${verdict}`]);
    member.last.focus();
    this.#ask();
  }
}

/** A member as they are asked about: a number that is still being typed is not yet that of a document that was seen. */
function asked(record, member) {
  if (!member.isWritingNumber) return record;
  return { ...record, documents: record.documents.map((one) => ({ ...one, seen: false })) };
}
