/**
 * Shows what is only true after a date: the build never reads the clock, so a static page prints dates, and
 * the reader's own clock tells which of them are past.
 *
 * An element with data-after="YYYY-MM-DD" is hidden in the page and shown from the day after that date.
 */

/**
 * @param {string} last last day, as YYYY-MM-DD
 * @param {Date} now
 * @returns {boolean} whether the day is over by the reader's clock
 */
export function isOver(last, now) {
  const [year, month, day] = last.split("-").map(Number);
  return now >= new Date(year, month - 1, day + 1);
}

for (const element of document.querySelectorAll("[data-after]")) {
  element.hidden = !isOver(element.dataset.after, new Date());
}
