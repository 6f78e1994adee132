/**
 * What a row of a comparison says: the rules of hayami/comparison.py, for records that a reader chooses.
 * Nothing here touches the page.
 */

/** Stands for a value that cannot be weighed against others. */
export const APART = "-";

/**
 * @param {string[]} cells
 * @returns {boolean} whether exactly the same is written in all cells
 */
export const same = (cells) => new Set(cells).size === 1;

/**
 * @param {string} text a whole number or a fraction: "15000000", "2/3"
 * @returns {[number, number]} numerator and denominator
 */
function fraction(text) {
  const [above, below = 1] = text.split("/").map(Number);
  return [above, below];
}

/** Exact for what the content allows: sums below 10^15 have no denominator, shares are below 1000/1000. */
const compare = ([a, b], [c, d]) => a * d - c * b;

/**
 * @param {string[]} tops largest figure of each record; empty when it has none
 * @returns {{places: number[], stated: number}} records with the highest value, and among how many
 */
export function best(tops) {
  const none = { places: [], stated: 0 };
  if (tops.includes(APART)) return none;
  const numbers = tops.flatMap((one, place) => (one === "" ? [] : [{ place, value: fraction(one) }]));
  if (numbers.length < 2) return none;
  const highest = numbers.reduce((a, b) => (compare(b.value, a.value) > 0 ? b : a)).value;
  const winners = numbers.filter((one) => compare(one.value, highest) === 0);
  if (winners.length === numbers.length) return none;
  return { places: winners.map((one) => one.place), stated: numbers.length };
}

/**
 * @param {string} pattern words of the page with {names} of values
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
