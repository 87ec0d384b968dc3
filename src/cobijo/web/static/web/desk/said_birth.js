// A birth as people say it, in one box: "34", "8 meses", "12/3/1990", "marzo 1990", "1990". Nothing here reads the page
// or a clock: the same words on the same day give the same birth.

import { fill } from "../../core/entries/words.js";

const MONTHS = [
  ["enero", "january"], ["febrero", "february"], ["marzo", "march"], ["abril", "april"], ["mayo", "may"],
  ["junio", "june"], ["julio", "july"], ["agosto", "august"], ["septiembre", "setiembre", "september"],
  ["octubre", "october"], ["noviembre", "november"], ["diciembre", "december"],
];
const UNITS = {
  year: /^(a|anos?|anitos?|yo?|yrs?|years?)$/,
  month: /^(m|mes|meses|mesecitos?|mos?|months?)$/,
  week: /^(s|sem|semanas?|w|wks?|weeks?)$/,
  day: /^(d|dias?|days?)$/,
};
const NEWBORN = /^(rn|recien nacid[oa]|newborn)$/;
const FILLING = /^(de|del|el|la|en|of|the|in|on|nacio|nacid[oa]|born|tiene|unos|unas|como|casi|aprox|aproximadamente|about|around|old|viejo|st|nd|rd|th|ro|o)$/;
const OLDEST = 120;
const FIRST_YEAR = 1890;

/** Small letters without accents; ñ becomes n. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

/**
 * What was said as the fields of a birth: {birth} or {problem: "unread" | "no_day" | "future"}. Nothing said is {birth: {}}.
 * order: "dmy" or "mdy", how the country writes a date; today: {year, month, day}.
 */
export function readBirth(said, { order, today }) {
  const text = fold(said).replace(/^[~±]|\?$/g, "").trim();
  if (!text) return { birth: {} };
  if (NEWBORN.test(text)) return { birth: { age_months: 0 } };
  const words = (text.match(/\d+|[a-z]+/g) ?? []).filter((word) => !FILLING.test(word));
  const birth = /[^\d\sa-z/.,°º\-']/.test(text) ? null : readAge(words) ?? readDate(words, order, today);
  if (!birth) return { problem: "unread" };
  return birth.year === undefined ? { birth } : checkDate(birth, today);
}

// --- ages -------------------------------------------------------------------------------------------------------------

/** A number alone, or numbers each with their unit ("1 año y 3 meses", "2 y medio"). */
function readAge(words) {
  if (words.length === 1 && /^\d{1,3}$/.test(words[0])) return age(Number(words[0]), 0);
  let years = null;
  let months = null;
  for (let at = 0; at < words.length; at++) {
    if (/^(y|and|con)$/.test(words[at]) && at > 0) continue;
    if (/^(media|medio|half)$/.test(words[at]) && (years !== null || at === 0)) {
      months = (months ?? 0) + 6;
      continue;
    }
    if (!/^\d+$/.test(words[at])) return null;
    const unit = words[at + 1] ?? "";
    const amount = Number(words[at]);
    const halves = unit === "y" && /^(media|medio)$/.test(words[at + 2] ?? "");
    if (UNITS.year.test(unit) || halves) years = (years ?? 0) + amount;
    else if (UNITS.month.test(unit)) months = (months ?? 0) + amount;
    else if (UNITS.week.test(unit)) months = (months ?? 0) + Math.floor((amount * 7) / 30.4);
    else if (UNITS.day.test(unit)) months = (months ?? 0) + Math.floor(amount / 30.4);
    else return null;
    at++;
  }
  return years === null && months === null ? null : age(years, months ?? 0);
}

function age(years, months) {
  const whole = (years ?? 0) + (months > 59 ? Math.floor(months / 12) : 0);
  const rest = months > 59 ? months % 12 : months;
  if (whole > OLDEST) return null;
  if (years === null && months <= 59) return { age_months: rest };
  return rest ? { age_years: whole, age_months: rest } : { age_years: whole };
}

// --- dates ------------------------------------------------------------------------------------------------------------

function readDate(words, order, today) {
  const named = words.findIndex((word) => monthOf(word));
  const numbers = words.filter((word) => /^\d+$/.test(word));
  if (words.length !== numbers.length + (named < 0 ? 0 : 1)) return null;
  return named < 0 ? fromNumbers(numbers, order, today) : fromMonth(monthOf(words[named]), numbers, today);
}

/** The number of a month named by three letters or more. */
function monthOf(word) {
  if (word.length < 3) return 0;
  return MONTHS.findIndex((names) => names.some((name) => name.startsWith(word))) + 1;
}

function fromMonth(month, numbers, today) {
  if (numbers.length === 1) return dated(null, month, yearOf(numbers[0], today));
  if (numbers.length !== 2) return null;
  const [day, year] = numbers[0].length === 4 ? [numbers[1], numbers[0]] : numbers;
  return dated(Number(day), month, yearOf(year, today));
}

function fromNumbers(numbers, order, today) {
  if (numbers.length === 1) return numbers[0].length === 4 ? dated(null, null, yearOf(numbers[0], today)) : null;
  if (numbers.length === 2) {
    const [month, year] = numbers[0].length === 4 ? [numbers[1], numbers[0]] : numbers;
    return year.length === 4 ? dated(null, Number(month), yearOf(year, today)) : null;
  }
  if (numbers.length !== 3) return null;
  if (numbers[0].length === 4) return dated(Number(numbers[2]), Number(numbers[1]), yearOf(numbers[0], today));
  const [first, second] = numbers.map(Number);
  const year = yearOf(numbers[2], today);
  // Where the usual order is impossible there is only the other one; the words beneath the box show which was taken.
  const monthFirst = order === "mdy" ? first <= 12 || second > 12 : second > 12 && first <= 12;
  return monthFirst ? dated(second, first, year) : dated(first, second, year);
}

/** Two digits mean the latest such year that is not to come. */
function yearOf(digits, today) {
  if (digits.length === 4) return Number(digits);
  if (digits.length !== 2) return null;
  const year = 2000 + Number(digits);
  return year > today.year ? year - 100 : year;
}

function dated(day, month, year) {
  if (year === null) return null;
  return { ...(day !== null && { day }), ...(month !== null && { month }), year };
}

function checkDate(birth, today) {
  const { year, month = 1, day = 1 } = birth;
  if (year < FIRST_YEAR || String(year).length !== 4) return { problem: "unread" };
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return { problem: "no_day" };
  const earliest = year * 10_000 + month * 100 + day;
  return earliest > today.year * 10_000 + today.month * 100 + today.day ? { problem: "future" } : { birth };
}

const daysIn = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

// --- said back --------------------------------------------------------------------------------------------------------

/** Completed months of life on a day, by the youngest age that is possible; null where nothing is known. */
export function monthsOld(birth, today) {
  if (birth.year === undefined) {
    if (birth.age_years === undefined && birth.age_months === undefined) return null;
    return 12 * (birth.age_years ?? 0) + (birth.age_months ?? 0);
  }
  const month = birth.month ?? 12;
  const day = birth.day ?? daysIn(birth.year, month);
  return Math.max(0, 12 * (today.year - birth.year) + today.month - month - (today.day < day ? 1 : 0));
}

/** An age in words: months below two years, years from there. words: under_a_month. */
export function ageInWords(months, locale, words) {
  if (months < 1) return words.under_a_month;
  const young = months < 24;
  const format = { style: "unit", unitDisplay: "long", unit: young ? "month" : "year" };
  return new Intl.NumberFormat(locale, format).format(young ? months : Math.floor(months / 12));
}

/**
 * The birth in a sentence ("nació el 12 de marzo de 1990, 28 años"). words: born_on, born_in, born_about, each with
 * {when} and {age}, and under_a_month.
 */
export function tellBirth(birth, { today, locale, words }) {
  const months = monthsOld(birth, today);
  if (months === null) return "";
  const age = ageInWords(months, locale, words);
  if (birth.year === undefined) {
    if (months < 24) return age;
    const about = today.year - Math.floor(months / 12) - (today.month < 7 ? 1 : 0);
    return fill(words.born_about, { when: String(about), age });
  }
  const part = { year: "numeric", ...(birth.month && { month: "long" }), ...(birth.day && { day: "numeric" }) };
  const moment = new Date(Date.UTC(birth.year, (birth.month ?? 1) - 1, birth.day ?? 1));
  const when = new Intl.DateTimeFormat(locale, { ...part, timeZone: "UTC" }).format(moment);
  return fill(birth.day ? words.born_on : words.born_in, { when, age });
}

