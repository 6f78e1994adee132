/**
 * What script adds to the quick-reference table: narrowing it by a word, one finger along the row and the
 * column on a touch screen, and a shorter list on a phone. Without it the whole table stands there.
 */

const NARROW = window.matchMedia("(max-width: 62rem)");
const SHOWN = 4;

/** @param {string} text what was typed, or what a row is found by; folded as the build folds it */
export function fold(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
}

/** @param {string} typed @param {string} found_by @returns {boolean} whether every word typed is found */
export function fits(typed, found_by) {
  const hay = fold(found_by);
  return fold(typed)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

const table = document.querySelector(".hy");
const groups = [...table.tBodies];

/** Hides rows; the cell of the category spans what is left of its group. */
function show(test) {
  let count = 0;
  for (const group of groups) {
    const rows = [...group.rows].filter((row) => row.dataset.find !== undefined);
    const kept = rows.filter((row) => test(row));
    for (const row of rows) row.hidden = !kept.includes(row);
    group.hidden = kept.length === 0;
    const head = group.querySelector(".g");
    if (kept.length > 0 && head.parentElement !== kept[0]) kept[0].prepend(head);
    head.rowSpan = Math.max(kept.length, 1);
    count += kept.length;
  }
  return count;
}

function narrow() {
  const form = document.querySelector(".filter");
  const input = form.querySelector("input");
  const output = form.querySelector("output");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => {
    const typed = input.value.trim();
    table.classList.toggle("narrowed", typed !== "");
    const count = show((row) => typed === "" || fits(typed, row.dataset.find));
    output.value = typed === "" ? "" : count ? output.dataset.count.replace("{n}", count) : output.dataset.none;
  });
}

/** A tap on a cell marks its row and column, as a mouse does by resting there. */
function touch() {
  table.addEventListener("pointerup", (event) => {
    if (event.pointerType === "mouse" || event.target.closest("a, button")) return;
    const cell = event.target.closest("td.p");
    const row = event.target.closest("tbody tr");
    for (const other of table.querySelectorAll("tr.at")) if (other !== row) other.classList.remove("at");
    row?.classList.toggle("at", true);
    const column = cell && [...cell.classList].find((name) => /^p\d+$/.test(name));
    if (column) table.dataset.at = column;
    else delete table.dataset.at;
  });
}

/** On a phone a long category shows its first rows, and a button for the others. */
function shorten() {
  for (const group of groups) {
    const rest = group.rows.length - SHOWN;
    if (rest < 3) continue;
    group.classList.add("short");
    const row = group.insertRow();
    row.className = "rest";
    const cell = row.insertCell();
    cell.colSpan = table.rows[0].cells.length + 4;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = table.dataset.more.replace("{n}", rest);
    button.addEventListener("click", () => {
      group.classList.remove("short");
      group.rows[SHOWN].querySelector("a").focus();
      row.remove();
    });
    cell.append(button);
  }
}

narrow();
touch();
if (NARROW.matches) shorten();
