// The words of a page that stays open: they come from the server in the reader's language; a script writes none of its own.

/** A sentence with {names} filled in. */
export const fill = (sentence, values = {}) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** A sentence for a number: {one, many} as the language has them. */
export const count = (sentences, number, values = {}) =>
  fill(number === 1 ? sentences.one : sentences.many, { n: number, ...values });

/** Several things in a row, joined as the language joins them. */
export const list = (things, locale) => new Intl.ListFormat(locale, { type: "conjunction" }).format(things);
