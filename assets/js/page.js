/**
 * What every page does at once. What is heavier is fetched when the reader turns to it, so that reading costs
 * nothing: the calculator, and the boxes for comparing.
 *
 * The build never reads the clock, so a static page prints dates, and the reader's own clock tells which of them
 * are past: an element with data-after="YYYY-MM-DD" is shown from the day after that date.
 */

import { kept } from "./kept.js";

/**
 * @param {string} last last day, as YYYY-MM-DD
 * @param {Date} now
 * @returns {boolean} whether the day is over by the reader's clock
 */
export function isOver(last, now) {
  const [year, month, day] = last.split("-").map(Number);
  return now >= new Date(year, month - 1, day + 1);
}

/** Fetches a script once the reader's finger, pointer or keyboard reaches a part of the page. */
function when(part, load) {
  const types = ["pointerover", "touchstart", "focusin"];
  const once = () => {
    for (const type of types) part.removeEventListener(type, once);
    load();
  };
  for (const type of types) part.addEventListener(type, once, { passive: true });
}

for (const element of document.querySelectorAll("[data-after]")) {
  element.hidden = !isOver(element.dataset.after, new Date());
}

// Keeps what is read, once there is nothing else to do.
if (navigator.serviceWorker && document.querySelector("[data-offline]")) {
  addEventListener("load", () => setTimeout(() => import("./offline.js").catch(() => {}), 500));
}

const calculator = document.querySelector(".calc");
if (calculator) {
  const work = (able) => {
    for (const control of calculator.elements) control.disabled = !able;
  };
  work(true);
  calculator.classList.add("ready");
  calculator.addEventListener("submit", (event) => event.preventDefault());
  when(calculator, () =>
    import("./estimate.js").catch(() => {
      // The table of costs says the same.
      work(false);
      calculator.parentNode.querySelector("details").open = true;
    }),
  );
}

if (document.querySelector("a[data-compare]")) {
  const boxes = () => import("./compare-box.js");
  if (kept()) boxes();
  else when(document, boxes);
  // A tap may come before the boxes are there.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-compare]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    boxes().then(
      ({ tick }) => tick(link.dataset.compare),
      () => location.assign(link.href),
    );
  });
}
