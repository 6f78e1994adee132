/**
 * Boxes beside records. In the page they are links that open a comparison with that record; here each becomes a
 * box to tick, and a bar at the foot of the window counts what is chosen and leads on.
 */

import { fetched, sheet } from "./extra.js";
import { keep, kept } from "./kept.js";
import { changed, query, read } from "./lib/choice.js";

const BAR = `<aside class="cbar" hidden><div class="wrap"><p role="status"></p><a data-word="go"></a> <button type="button" data-word="clear"></button></div></aside>`;

const [{ most, words }] = await Promise.all([fetched("compare"), sheet("choice-bar")]);
const holder = document.createElement("template");
holder.innerHTML = BAR;
for (const one of holder.content.querySelectorAll("[data-word]")) one.textContent = words[one.dataset.word];
const bar = holder.content.firstElementChild;
bar.ariaLabel = words.bar;
const status = bar.querySelector("[role=status]");
const go = bar.querySelector("a");
const page = document.querySelector("a[data-compare]").href.split("?")[0];
let chosen = read(kept(), most);

/** @type {HTMLInputElement[]} */
const boxes = [...document.querySelectorAll("a[data-compare]")].map((link) => {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.value = link.dataset.compare;
  // The browser would restore the state of a form that the choice has left behind.
  box.autocomplete = "off";
  const focused = document.activeElement === link;
  label.append(box, ...link.childNodes);
  link.replaceWith(label);
  if (focused) box.focus();
  return box;
});

function show() {
  const full = chosen.length >= most;
  for (const box of boxes) {
    box.checked = chosen.includes(box.value);
    box.disabled = full && !box.checked;
  }
  bar.hidden = chosen.length === 0;
  document.documentElement.toggleAttribute("data-comparing", !bar.hidden);
  status.textContent = bar.hidden ? "" : (full ? words.chosen_full : words.chosen).replace("{n}", chosen.length);
  go.href = page + query(chosen, false);
}

function choose(refs) {
  chosen = refs;
  keep(chosen.join(","));
  show();
}

/** Ticks the box of a record: it was asked for while it was still a link. */
export function tick(ref) {
  boxes.find((box) => box.value === ref)?.focus();
  choose(changed(chosen, ref, true, most));
}

for (const box of boxes) {
  box.addEventListener("change", () => choose(changed(chosen, box.value, box.checked, most)));
}
bar.querySelector("button").addEventListener("click", () => {
  choose([]);
  // The bar takes its button away; reading goes on where the choice is made.
  boxes[0]?.focus();
});
// A page that comes back from the history shows what was chosen since.
window.addEventListener("pageshow", (event) => {
  const now = kept();
  // Where browsers refuse to store it, the choice is that of the page.
  if (!event.persisted || now === null) return;
  chosen = read(now, most);
  show();
});
document.body.append(bar);
show();
