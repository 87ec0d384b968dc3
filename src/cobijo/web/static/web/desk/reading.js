// What the desk reads: addresses, and what it makes of their answers. Nothing is kept beyond the page.
// Each raises Unanswered, with a sentence for the reader, where there is no answer to show.

import { ask as answerOf, Unanswered } from "../../core/entries/asking.js";
import { fill } from "../../core/entries/words.js";
import { ageInWords } from "./said_birth.js";

export { Unanswered };

const ask = (desk, request) => answerOf(desk.words, request);

/** Completed months of life by the latest day a birth can have been; null where nothing is known. */
export function monthsOfKnown({ latest }, today) {
  if (!latest) return null;
  const [year, month, day] = latest.split("-").map(Number);
  return Math.max(0, 12 * (today.year - year) + today.month - month - (today.day < day ? 1 : 0));
}

/** An age in words; one that is not known to the day is said so. */
export function ageOf({ birth }, desk) {
  const months = monthsOfKnown(birth, desk.today());
  if (months === null) return desk.words.age_unknown;
  const age = ageInWords(months, desk.locale, desk.words);
  return birth.precision === "day" ? age : fill(desk.words.about, { age });
}

/** A site's figures of now and its spaces. */
export const readSite = (desk, id) => ask(desk, () => desk.server.get(desk.urlOf("figures", id)));

/** How many people are shown at most. */
export const MOST = 12;

/** The people who fit the words, with why. */
export const search = async (desk, words, signal) =>
  (await ask(desk, () => desk.server.post("/api/v1/people/search", { words, limit: MOST }, signal))).items;

/** For each member to be registered, who they may be already, and whether a document that was seen is somebody's elsewhere. */
export const findCandidates = (desk, members, signal) =>
  ask(desk, () => desk.server.post("/api/v1/people/candidates", { members }, signal));

/** The stay of each of these people that is open or planned. */
export const readStays = async (desk, people) =>
  (await ask(desk, () => desk.server.post(desk.urlOf("stays"), { people }))).stays;

/** Where somebody sleeps, or is expected, by the stay that is open or planned; null for none. */
export function whereIs({ words }, stay) {
  if (!stay) return words.not_in;
  const { site, space } = stay;
  if (stay.state === "planned") return fill(words.expected_at, { site });
  const sleeps = space ? fill(words.sleeps_in, { space, site }) : fill(words.sleeps_at, { site });
  return stay.state === "away" ? `${sleeps} ${words.is_away}` : sleeps;
}

/** Whose a card is, by its code as scanned or its number as typed. */
export const scanCard = (desk, card) => ask(desk, () => desk.server.post("/api/v1/cards/scan", { card }));

/** A person by themselves. */
export const readPerson = (desk, id) => ask(desk, () => desk.server.get(`/api/v1/people/${id}`));

/** A household with its members. */
export const readHousehold = (desk, id) => ask(desk, () => desk.server.get(`/api/v1/households/${id}`));

/** A person, the household with its members, and the stay of each that is open or planned. */
export async function readCard(desk, id) {
  const person = await readPerson(desk, id);
  const home = person.belongs?.household_id;
  const household = home ? await readHousehold(desk, home) : null;
  const people = household ? household.members : [{ person, kinship: null, presence: null }];
  const ids = people.map((one) => one.person.id);
  const stays = await readStays(desk, ids);
  return { person, household, members: people.map((one) => ({ ...one, stay: stays[one.person.id] ?? null })) };
}
