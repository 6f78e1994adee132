/**
 * What every page does at once. What is heavier is fetched when the reader turns to it, so that reading costs
 * nothing: the calculator, and the boxes for comparing.
 *
 * The build never reads the clock, so a static page prints dates, and the reader's own clock tells which of them
 * are past: an element with data-after="YYYY-MM-DD" is shown from the day after that date.
 */

/**
 * @param {string} last last day, as YYYY-MM-DD
 * @param {Date} now
 * @returns {boolean} whether the day is over by the reader's clock
 */
export function isOver(last, now) {
  return now > new Date(`${last}T23:59:59.999`);
}

/** What another script has stored, which need not be fetched for that: js/kept.js, js/offline.js. */
function stored(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

for (const element of document.querySelectorAll("[data-after]")) {
  element.hidden = !isOver(element.dataset.after, new Date());
}

// The worker keeps what is read, once there is nothing else to do. What it has to say comes from what it keeps.
const worker = navigator.serviceWorker;
if (worker && document.querySelector("[data-offline]")) {
  const root = new URL("../../../", import.meta.url);
  const more = () => import("./offline.js");
  const keep = () => {
    if (worker.controller) return more();
    worker.addEventListener("controllerchange", more, { once: true });
    const refused = stored("localStorage", `hayami-offline:${root.pathname}`);
    return refused || worker.register(`${root}sw.js`, { updateViaCache: "none" });
  };
  addEventListener("load", () => setTimeout(async () => keep(), 500));
}

const start = document.querySelector(".start button");
if (start) {
  start.disabled = false;
  start.addEventListener("click", () => {
    start.disabled = true;
    const opened = import("./estimate.js").then(({ open }) => open(start));
    // The table of costs says the same.
    opened.catch(() => (document.querySelector(".lookup").open = true));
  });
}

// A link to a comparison becomes a box when the first is asked for, or where some are chosen already.
if (document.querySelector("a[data-compare]")) {
  const boxes = () => import("./compare-box.js");
  // Also when the page comes back from the history: some may have been chosen elsewhere.
  addEventListener("pageshow", () => stored("sessionStorage", "hayami.compare") && boxes());
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
