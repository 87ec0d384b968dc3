// The letters of a form and what they mean: what was typed as values, and what cannot be one.

/** The value a letter stands for: undefined for a letter the form does not have, null for none typed. */
export function valueOf(letters, typed) {
  const letter = typed.trim().toUpperCase();
  return letter ? letters[letter] : null;
}

/**
 * Needs as they stand in their boxes, two letters each, with or without blanks between: {values, wrong}.
 * wrong: the first two letters that are none, or "".
 */
export function needsOf(letters, typed) {
  const known = new Map(Object.entries(letters).map(([letter, value]) => [letter.toUpperCase(), value]));
  const signs = typed.toUpperCase().replace(/[^A-ZÑ]/g, "");
  const pairs = signs.match(/..?/g) ?? [];
  const wrong = pairs.find((pair) => !known.has(pair)) ?? "";
  return { values: [...new Set(pairs.filter((pair) => known.has(pair)).map((pair) => known.get(pair)))], wrong };
}

/** A whole number as typed: null for nothing, NaN for what is none. */
export function wholeNumber(typed) {
  const text = typed.trim();
  if (!text) return null;
  return /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
}
