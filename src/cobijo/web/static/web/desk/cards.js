// Cards at the desk: one given to the household that was just registered, one scanned to see whose it is.

import { hasCamera, scanOnce } from "../../people/camera.js";
import { say, write } from "../../core/entries/parts.js";
import { readHousehold, readPerson, scanCard, Unanswered } from "./reading.js";
import { fill } from "../../core/entries/words.js";

const FREE = new Set(["printed", "counted"]);

/** Gives a household a card, by the outbox; what became of it is said beside the household while it is shown. */
export async function giveCard(desk, text, family) {
  const label = fill(desk.words.entry_card, { name: family.title });
  const entry = desk.outbox.add("people.link_card", { card: text, household_id: family.householdId }, { label });
  await entry.settled;
  const said = { confirmed: desk.words.card_given, held: desk.words.card_held }[entry.state] ?? entry.sentence;
  const isShown = Boolean(family.result?.isConnected);
  if (isShown) write(family.result, { "card-says": said });
  if (isShown || entry.state === "confirmed") desk.outbox.forget(entry);
  say(said, entry.state === "refused");
}

/**
 * What is so with a card scanned while a household is written down: it is free and the household can have it, or there is
 * a sentence to say, and whom to open where it is somebody's whom one sees. Without an answer it is kept: it may be free.
 */
export async function lookAt(desk, text) {
  try {
    const card = await scanCard(desk, text);
    if (FREE.has(card.state)) return { isFree: true };
    if (card.state !== "linked") return { sentence: fill(desk.words.card_is, { number: card.number, state: card.sentence }) };
    const whose = card.person_id ? await readPerson(desk, card.person_id) : await firstOf(desk, card.household_id);
    return { sentence: fill(desk.words.card_is_of, { name: whose.label, code: whose.code }), person: whose.id };
  } catch (trouble) {
    if (!(trouble instanceof Unanswered)) throw trouble;
    return trouble.code?.startsWith("people.") ? { sentence: trouble.message } : { isFree: true };
  }
}

async function firstOf(desk, household) {
  const { members } = await readHousehold(desk, household);
  return members[0].person;
}

/** Finds whose a scanned card is and opens them; says what is so where nobody has it. */
export async function findByCard(desk, text, { open, tell }) {
  try {
    const card = await scanCard(desk, text);
    if (card.state !== "linked") return tell(fill(desk.words.card_is, { number: card.number, state: card.sentence }));
    if (card.person_id) return await open(card.person_id);
    const { members } = await readHousehold(desk, card.household_id);
    return members.length ? await open(members[0].person.id) : tell(desk.words.found_none);
  } catch (trouble) {
    if (!(trouble instanceof Unanswered)) throw trouble;
    return tell(trouble.message);
  }
}

/** Opens the camera when the button is pressed, and hands over what it read; without a camera there is no button. */
export function offerCamera(button, take) {
  button.hidden = !hasCamera();
  button.addEventListener("click", async () => {
    const text = await scanOnce();
    if (text) take(text);
  });
}
