/**
 * The page that sets chosen records side by side. What is chosen stands in the address; the cells were written
 * when the site was built, a file for each record, and all words stand in the page.
 */

import { keep, kept } from "./kept.js";
import { changed, query, read } from "./lib/choice.js";
import { best, fill, same } from "./lib/comparison.js";

const page = document.querySelector("[data-compare-page]");
const say = page.dataset;
const most = Number(say.most);
const find = (name) => document.querySelector(`[data-${name}]`);
const [status, actions, area, form, only, heading] = ["status", "actions", "area", "add", "only", "heading"].map(find);
const select = form.querySelector("select");
const title = { page: document.title, heading: heading.textContent };

/** Former names of records lead to their present ones. */
const present = new Map();
for (const option of select.options) {
  for (const name of [option.value, ...(option.dataset.former ?? "").split(" ")]) {
    if (name) present.set(name, option.value);
  }
}

/** @type {Map<string, Promise<{cells: Record<string, string>, head: string, name: string}>>} */
const files = new Map();

function load(ref) {
  if (!files.has(ref)) {
    const file = fetch(`${ref.replace(":", "-")}.json`).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    });
    files.set(ref, file);
    // What failed may work the next time.
    file.catch(() => files.delete(ref));
  }
  return files.get(ref);
}

/** What the address asks for, and how many records of it are not in this catalogue. */
function asked() {
  const given = new URLSearchParams(location.search);
  const refs = read(given.get("r"), most);
  const known = [...new Set(refs.flatMap((ref) => present.get(ref) ?? []))];
  const missing = refs.filter((ref) => !present.has(ref)).length;
  return { refs: known, only: given.get("d") === "1", missing };
}

function part(name) {
  return page.querySelector(`template[data-part=${name}]`).content.firstElementChild.cloneNode(true);
}

function cell(html, name) {
  const made = document.createElement("td");
  made.innerHTML = html;
  made.dataset.l = name;
  return made;
}

/** Signs and words of the other state go; a table of one record says nothing of differences. */
function settle(row, state) {
  if (state) row.classList.add(state);
  for (const sign of row.querySelectorAll("[data-if]")) {
    if (sign.dataset.if !== state) sign.remove();
  }
}

function mark(row, cells, key) {
  const figures = cells.map((one) => one.querySelector("[data-n]"));
  const { places, stated } = best(figures.map((one) => one?.dataset.n ?? ""));
  const pattern = say[stated === cells.length ? key : `${key}Stated`];
  for (const place of places) {
    const label = part("label");
    label.textContent = fill(pattern, { n: stated });
    figures[place].classList.add("best");
    figures[place].closest("p").append(label);
  }
}

function table(records, refs, narrowed) {
  const made = part("table");
  const n = records.length;
  made.classList.add(`n${n}`);
  made.querySelector("caption").textContent = fill(say.caption, { names: records.map((one) => one.name).join(say.join) });
  const heads = made.querySelector("thead tr");
  records.forEach((record, place) => {
    const head = part("head");
    head.insertAdjacentHTML("afterbegin", record.head);
    const drop = head.querySelector("[data-drop]");
    drop.href = location.pathname + query(changed(refs, refs[place], false, most), only.checked);
    drop.dataset.drop = refs[place];
    drop.querySelector(".vh").textContent = fill(say.named, { name: record.name });
    heads.append(head);
  });
  const counts = { diff: 0, same: 0 };
  for (const row of made.querySelectorAll("tbody tr")) {
    const written = records.map((record) => record.cells[row.dataset.row]);
    const state = n < 2 ? "" : same(written) ? "same" : "diff";
    if (state === "same") {
      const one = cell(written[0], "");
      one.colSpan = n;
      delete one.dataset.l;
      const all = part("all");
      all.textContent = fill(all.textContent, { n });
      one.append(" ", all);
      row.append(one);
    } else {
      const cells = written.map((html, place) => cell(html, records[place].name));
      row.append(...cells);
      if (row.dataset.best) mark(row, cells, row.dataset.best);
    }
    settle(row, state);
    if (state) counts[state] += 1;
    row.hidden = narrowed && state === "same";
  }
  return { made, counts };
}

function sentence(shown, counts, missing, failed) {
  const said = [];
  if (shown === 0) said.push(say.none);
  else if (shown === 1) said.push(say.one);
  else said.push(fill(say.some, { n: shown, ...counts }));
  if (missing) said.push(fill(say.missing, { n: missing }));
  if (failed) said.push(fill(say.failed, { n: failed }));
  return said.join(" ");
}

/** Everything around the table follows the address at once; only the cells may have to be fetched. */
function frame(state) {
  const { refs } = state;
  const full = refs.length >= most;
  const named = refs.length < 2 ? title.heading : fill(heading.dataset.heading, { n: refs.length });
  heading.textContent = named;
  document.title = title.page.replace(title.heading, named);
  only.checked = state.only;
  for (const option of select.options) option.disabled = refs.includes(option.value);
  if (refs.includes(select.value)) select.value = "";
  form.querySelector("[data-full-words]").hidden = !full;
  // Not the attribute "disabled", which would take the focus away.
  form.querySelector("button").setAttribute("aria-disabled", String(full));
  actions.hidden = refs.length === 0;
  for (const one of document.querySelectorAll("[data-when]")) {
    one.hidden = (one.dataset.when === "some") !== refs.length > 1;
  }
  find("copy").href = location.pathname + query(refs, state.only);
  for (const twin of document.querySelectorAll("a[rel=alternate][hreflang]")) {
    twin.search = query(refs, state.only);
  }
  keep(refs.join(","));
}

let turn = 0;
let shown;

async function show(missing = 0) {
  turn += 1;
  const mine = turn;
  shown = location.search;
  const state = asked();
  frame(state);
  // Room for the table, so that nothing below jumps when it comes.
  area.toggleAttribute("data-waiting", state.refs.length > 0 && !area.firstChild);
  const answers = await Promise.allSettled(state.refs.map(load));
  if (mine !== turn) return;
  const refs = state.refs.filter((_, place) => answers[place].status === "fulfilled");
  const records = answers.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  let counts = { diff: 0, same: 0 };
  if (records.length === 0) {
    area.replaceChildren();
  } else {
    const drawn = table(records, refs, state.only);
    area.replaceChildren(drawn.made);
    counts = drawn.counts;
  }
  area.removeAttribute("data-waiting");
  status.textContent = sentence(records.length, counts, missing + state.missing, answers.length - records.length);
}

function go(refs, narrowed) {
  const before = query(asked().refs, asked().only);
  const after = query(refs, narrowed);
  if (after !== before) history.pushState(null, "", location.pathname + after);
  return show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { refs } = asked();
  if (select.value) go(changed(refs, select.value, true, most), only.checked);
});
only.addEventListener("change", () => {
  history.replaceState(null, "", location.pathname + query(asked().refs, only.checked));
  show();
});
area.addEventListener("click", async (event) => {
  const drop = event.target.closest("[data-drop]");
  // Another tab or window is the reader's wish.
  if (!drop || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const drops = [...area.querySelectorAll("[data-drop]")];
  const place = drops.indexOf(drop);
  await go(changed(asked().refs, drop.dataset.drop, false, most), only.checked);
  const left = [...area.querySelectorAll("[data-drop]")];
  (left[Math.min(place, left.length - 1)] ?? select).focus();
});
find("copy").addEventListener("click", async (event) => {
  if (!navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    return location.assign(find("copy").href);
  }
  status.textContent = say.copied;
});
find("print").addEventListener("click", () => window.print());
// Not where only the part of the page has changed, as by the link that skips to it.
window.addEventListener("popstate", () => location.search !== shown && show());

find("unscripted").remove();
page.hidden = false;
const first = asked();
// Without a choice in the address, the one made on the lists; a former or unknown name leaves the address.
const wanted = location.search ? first.refs : read(kept(), most).flatMap((ref) => present.get(ref) ?? []);
history.replaceState(null, "", location.pathname + query(wanted, first.only) + location.hash);
show(first.missing);
