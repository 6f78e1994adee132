/**
 * The search page: sorts its rows by what is typed, narrows them down by conditions, and keeps both in the address,
 * so that every view can be kept, shared and printed. The words stand in the page; the rows are the rows of the page.
 */

import { fold, hiragana, looksSpelledSoFar, Search } from "./engine.js";
import { excerpt } from "./lib/excerpt.js";

const PAUSE = 150;
/** Latin letters may become Japanese or another language; a large index is fetched when they have been typed. */
const UNDECIDED = 500;
/** Rows that are put in order before the page shows the answer; more than a catalogue of one prefecture has. */
const FIRST = 120;

const finder = document.getElementById("finder");
const words = JSON.parse(finder.dataset.words);
const form = finder.querySelector("form");
const input = form.querySelector("input");
const count = finder.querySelector(".count");
const hints = finder.querySelector(".hints");
const hinted = finder.querySelector(".hinted");
const bar = finder.querySelector(".bar");
const chips = finder.querySelector(".chips");
const sort = finder.querySelector("select");
const listed = finder.querySelector(".listed");
const hits = finder.querySelector(".hits");
const nothing = finder.querySelector(".nothing");
const fewer = nothing.querySelector(".fewer");
const near = nothing.querySelector(".near");
const facets = finder.querySelector(".facets");
/** Only catalogues that have changed since they were published have this condition. */
const since = facets.querySelector(".since");
const day = since?.querySelector("input");

const rows = new Map(
  [...listed.querySelectorAll("[data-ref]")].map((element, order) => [
    element.dataset.ref,
    {
      element,
      order,
      names: hiragana(element.dataset.find),
      facets: new Set(element.dataset.facets.split(" ")),
      cap: Number(element.dataset.cap ?? -1),
      rate: Number(element.dataset.rate ?? -1),
      changed: element.dataset.changed ?? "",
    },
  ]),
);
const homes = new Map([...rows].map(([ref, row]) => [ref, row.element.parentNode]));

const search = new Search(
  new URL(finder.dataset.index, document.baseURI).href,
  JSON.parse(finder.dataset.languages),
  document.documentElement.lang,
);

/** Each condition becomes a box in the place of its link. */
const boxes = new Map(
  [...facets.querySelectorAll("a[data-facet]")].map((link) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.autocomplete = "off";
    box.value = link.dataset.facet;
    const item = link.parentNode;
    const name = link.firstChild.data.trim();
    label.append(box, name);
    link.replaceWith(label);
    return [box.value, { box, item, name, count: item.querySelector(".ct") }];
  }),
);

// On a desk there is room for the conditions beside the results.
if (window.matchMedia("(min-width: 62.01rem)").matches) facets.open = true;

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

if (since) {
  since.querySelector("p").hidden = true;
  since.querySelector(".when").hidden = false;
  [day.min, day.max] = [since.dataset.first, since.dataset.last];
}

const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** The day in the words of the page, as its other dates. */
const sinceDay = (text) =>
  fill(words.since, {
    x: new Intl.DateTimeFormat(since.dataset.locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(text)),
  });

/** What the address says. */
function read() {
  const given = new URLSearchParams(location.search);
  return {
    query: given.get("q") ?? "",
    chosen: (given.get("f") ?? "").split(",").filter((one) => boxes.has(one)),
    since: since && isDay(given.get("since") ?? "") ? given.get("since") : "",
    order: [...sort.options].some((one) => one.value === given.get("sort")) ? given.get("sort") : "best",
  };
}

function address({ query, chosen, order, since: from }) {
  const parts = [];
  if (query.trim()) parts.push(`q=${encodeURIComponent(query.trim())}`);
  if (chosen.length) parts.push(`f=${chosen.join(",")}`);
  if (from) parts.push(`since=${from}`);
  if (order !== "best") parts.push(`sort=${order}`);
  return location.pathname + (parts.length ? `?${parts.join("&")}` : "");
}

let state = read();
let turn = 0;

/** Conditions by their facet: a record must have one of each. */
function byFacet(chosen) {
  const wanted = new Map();
  for (const one of chosen) {
    const facet = one.split(":")[0];
    wanted.set(facet, [...(wanted.get(facet) ?? []), one]);
  }
  return wanted;
}

/** Facets of which a record has none of the chosen values. */
const missed = (row, wanted) =>
  [...wanted].filter(([, some]) => !some.some((one) => row.facets.has(one))).map(([facet]) => facet);

const fitting = (some, chosen) => {
  const wanted = byFacet(chosen);
  return wanted.size ? some.filter(({ row }) => !missed(row, wanted).length) : [...some];
};

const changedSince = (some, from) => (from ? some.filter(({ row }) => row.changed >= from) : some);

const ORDERS = {
  best: (a, b) => a.rank - b.rank,
  cap: (a, b) => b.row.cap - a.row.cap || a.rank - b.rank,
  rate: (a, b) => b.row.rate - a.row.rate || a.rank - b.rank,
  name: (a, b) => a.row.order - b.row.order,
};

/** Records whose name is what was typed, whole, come first. */
function named(query) {
  const typed = hiragana(fold(query)).replace(/\s+/g, " ").trim();
  if (typed.length < 2) return [];
  return [...rows].filter(([, row]) => ` ${row.names} `.includes(` ${typed} `)).map(([ref]) => ref);
}

async function ranking(query) {
  if (!query.trim()) return [...rows.keys()].map((record) => ({ record, share: 1 }));
  const found = await search.find(query);
  const first = new Set(named(query));
  return first.size ? [...found.filter((one) => first.has(one.record)), ...found.filter((one) => !first.has(one.record))] : found;
}

const BLOCKS = "h1, h2, h3, h4, h5, p, li, dd, td, th, caption, summary";

/** The article of a page in parts: the text of each block, and the heading that it stands below. */
function* partsOf(html) {
  const article = new DOMParser().parseFromString(html, "text/html").querySelector("article");
  for (const one of article.querySelectorAll(finder.dataset.aside)) one.remove();
  let [heading, id] = ["", ""];
  for (const block of article.querySelectorAll(BLOCKS)) {
    const text = [...block.childNodes].filter((node) => !node.matches?.(BLOCKS) && !node.querySelector?.(BLOCKS));
    const said = text.map((node) => node.textContent).join("").replace(/\s+/g, " ").trim();
    if (block.matches("h1, h2, h3, h4, h5")) {
      if (block.id) [heading, id] = [said, block.id];
    } else if (said) yield { heading, id, text: said };
  }
}

/** Where a page of a record lies in a language: the search page of that language has the same path to it. */
function addressIn(language, link) {
  const twin = document.querySelector(`.languages a[hreflang="${language}"]`);
  return new URL(link.getAttribute("href"), language === search.own || !twin ? document.baseURI : twin.href);
}

async function explain({ row, language }, query, mine) {
  const link = row.element.querySelector("h3 a");
  const groups = await search.told(query, language);
  const page = await fetch(addressIn(language, link)).then((got) => got.text());
  const found = excerpt([...partsOf(page)], groups);
  // Where only an everyday word matched, which stands in no text, there is nothing to show.
  if (mine !== turn || !found) return;
  const line = document.createElement("p");
  line.className = "excerpt";
  line.lang = language;
  if (found.id) {
    const part = document.createElement("a");
    part.href = `${link.getAttribute("href")}#${found.id}`;
    part.textContent = found.heading;
    line.append(part, " ");
  }
  for (const [text, searched] of found.pieces) {
    if (!searched) line.append(text);
    else line.append(Object.assign(document.createElement("mark"), { textContent: text }));
  }
  if (language !== search.own) {
    const note = document.createElement("span");
    note.className = "scope";
    note.lang = search.own;
    note.textContent = ` ${words.other}`;
    line.append(note);
  }
  row.element.querySelector(":scope > p:not(.official, .cbox, .cat)").after(line);
}

/** Passages for the rows that are seen, as they come into view: each costs the page, which may be opened next. */
let watcher;
async function explainSeen(kept, query, mine) {
  watcher?.disconnect();
  if (!query.trim()) return;
  const told = (await search.told(query)).flat();
  if (mine !== turn) return;
  // Where the row itself holds a word of the query, it needs no more.
  const plain = ({ row }) => {
    const text = fold(row.element.querySelector("h3").textContent + row.element.querySelector("h3 ~ p:not(.official)").textContent);
    return told.some((word) => text.includes(word));
  };
  const waiting = new Map(kept.filter((one) => one.language && !plain(one)).map((one) => [one.row.element, one]));
  watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      explain(waiting.get(target), query, mine).catch(() => {});
    }
  });
  for (const element of waiting.keys()) watcher.observe(element);
}

/** The conditions with the number of records that each would leave. */
function showCounts(candidates, chosen, from) {
  const counts = new Map([...boxes.keys()].map((value) => [value, 0]));
  const wanted = byFacet(chosen);
  for (const { row } of candidates) {
    // A record that lacks one facet only would come with another value of that.
    const [lacked, more] = missed(row, wanted);
    if (more) continue;
    for (const value of row.facets) if (!lacked || value.startsWith(`${lacked}:`)) counts.set(value, counts.get(value) + 1);
  }
  // Bars beside the bands of the upper limit: how many records each holds.
  const largest = Math.max(1, ...[...counts].filter(([value]) => value.startsWith("cap:")).map(([, left]) => left));
  for (const [value, { box, item, count: shown }] of boxes) {
    const left = counts.get(value);
    item.querySelector("rect")?.setAttribute("width", (60 * left) / largest);
    box.checked = chosen.includes(value);
    shown.textContent = left;
    item.classList.toggle("empty", left === 0);
  }
  if (day) day.value = from;
  chips.replaceChildren(
    ...chosen.map((value) => chip(boxes.get(value).name, () => ({ chosen: state.chosen.filter((one) => one !== value) }))),
    ...(from ? [chip(sinceDay(from), () => ({ since: "" }))] : []),
  );
}

/** A condition that is chosen: pressing it takes it away. */
function chip(name, without) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.setAttribute("aria-label", `${name}: ${words.remove}`);
  button.addEventListener("click", async () => {
    // The list of conditions is made anew with the answer.
    await change(without());
    (chips.querySelector("button") ?? input).focus();
  });
  item.append(button);
  return item;
}

async function show() {
  turn += 1;
  const mine = turn;
  const { query, chosen, order, since: from } = state;
  const asked = query.trim() !== "";
  const slow = setTimeout(() => mine === turn && (count.textContent = words.waiting), 300);
  let ranked;
  try {
    ranked = await ranking(query);
  } catch (problem) {
    console.warn(problem);
    clearTimeout(slow);
    if (mine !== turn) return;
    for (const old of finder.querySelectorAll(".excerpt")) old.remove();
    const all = [...rows.values()].map((row) => ({ row }));
    showCounts(changedSince(all, from), chosen, from);
    nothing.hidden = true;
    bar.hidden = !chosen.length && !from;
    count.textContent = words.failed;
    restore();
    return;
  }
  clearTimeout(slow);
  if (mine !== turn) return;
  const met = ranked.map((one, rank) => ({ ...one, rank, row: rows.get(one.record) })).filter(({ row }) => row);
  const candidates = changedSince(met, from);
  const kept = fitting(candidates, chosen).sort(ORDERS[order]);
  for (const old of finder.querySelectorAll(".excerpt")) old.remove();
  const whole = !asked && !chosen.length && !from && order === "best";
  if (whole) restore();
  else {
    const elements = kept.map(({ row }) => row.element);
    hits.replaceChildren(...elements.slice(0, FIRST));
    // A long list is finished when its head is seen.
    if (elements.length > FIRST) setTimeout(() => mine === turn && hits.append(...elements.slice(FIRST)), PAUSE);
    hits.hidden = false;
    listed.hidden = true;
  }
  nothing.hidden = kept.length > 0;
  bar.hidden = !kept.length && !chosen.length && !from;
  showCounts(candidates, chosen, from);
  const numbers = { n: kept.length, q: query.trim() };
  const weak = asked && kept.length > 0 && Math.max(...kept.map((one) => one.share)) < 0.5;
  count.textContent = fill(asked ? words.count_for : words.count, numbers) + (weak ? ` ${words.weak}` : "");
  if (!kept.length) await helpOn(query, chosen, from, candidates, met);
  if (mine !== turn) return;
  finder.dataset.shown = query;
  explainSeen(kept, query, mine).catch(() => {});
}

/** The list as the page had it. */
function restore() {
  for (const [ref, home] of homes) home.append(rows.get(ref).element);
  hits.hidden = true;
  listed.hidden = false;
}

/** A link of the list of hints or of near words: to a page, or to another view of this one. */
function entry(text, href, language) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  if (language) link.lang = language;
  if (href.startsWith(location.pathname)) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.pushState(null, "", href);
      follow();
      input.focus();
    });
  }
  item.append(link);
  return item;
}

const view = (changes) => address({ query: "", chosen: [], order: "best", since: "", ...changes });

/** Which conditions could go, and which words are like those that found nothing. */
async function helpOn(query, chosen, from, candidates, met) {
  const left = chosen.map((value) => {
    const others = chosen.filter((one) => one !== value);
    return [value, others, fitting(candidates, others).length];
  });
  const list = left
    .filter(([, , some]) => some)
    .map(([value, others, some]) => entry(fill(words.drop, { x: boxes.get(value).name, n: some }), view({ query, chosen: others, since: from })));
  const ever = from ? fitting(met, chosen).length : 0;
  if (ever) list.push(entry(fill(words.drop, { x: sinceDay(from), n: ever }), view({ query, chosen })));
  const bare = query.trim() ? fitting(changedSince([...rows.values()].map((row) => ({ row })), from), chosen).length : 0;
  if (bare) list.push(entry(fill(words.drop, { x: query.trim(), n: bare }), view({ chosen, since: from })));
  if (chosen.length > 1 && !list.length && candidates.length) list.push(entry(fill(words.drop_all, { n: candidates.length }), view({ query, since: from })));
  fewer.querySelector("ul").replaceChildren(...list);
  fewer.hidden = !list.length;
  const like = met.length ? [] : await search.near(query);
  near.querySelector("ul").replaceChildren(...like.map((word) => entry(word, view({ query: word }))));
  near.hidden = !like.length;
}

/**
 * Hints: what an everyday word is called officially and, while typing, purposes that name a word and records whose
 * name begins so. An ordinary list of links, whose length is announced.
 */
async function hint(query, typing) {
  const typed = hiragana(fold(query)).trim();
  if (typed.length < 2) return forget();
  const [meanings, told] = await Promise.all([search.meanings(query), search.told(query)]);
  if (query !== input.value) return undefined;
  const official = meanings.slice(0, 2).map(([a, b]) => entry(fill(words.meant, { a, b }), view({ query: b })));
  const purposes = [...boxes]
    .filter(([value, { name }]) => value.startsWith("purpose:") && told.flat().some((word) => fold(name).includes(word)))
    .slice(0, 2)
    .map(([value, { name }]) => entry(fill(words.purpose, { x: name }), view({ chosen: [value] })));
  const begin = (row) => ` ${row.names}`.includes(` ${typed}`);
  const records = [...rows.values()]
    .filter((row) => begin(row) || (typed.length > 2 && row.names.includes(typed)))
    .sort((a, b) => begin(b) - begin(a) || a.order - b.order)
    .slice(0, 3)
    .map((row) => row.element.querySelector("h3 a"))
    .map((link) => entry(link.textContent, link.getAttribute("href")));
  const list = typing ? [...official, ...purposes, ...records].slice(0, 4) : official;
  hints.replaceChildren(...list);
  hints.hidden = !list.length;
  hinted.textContent = typing && list.length ? fill(words.hints, { n: list.length }) : "";
  return undefined;
}

function forget() {
  hints.hidden = true;
  hints.replaceChildren();
  hinted.textContent = "";
}

function change(changes, keep = true) {
  const before = address(read());
  state = { ...state, ...changes };
  // The same view again is no step back.
  history[keep && address(state) !== before ? "pushState" : "replaceState"](null, "", address(state));
  return show();
}

function follow() {
  state = read();
  input.value = state.query;
  sort.value = state.order;
  show();
  hint(state.query, false).catch(forget);
}

let timer;
const warm = () => search.warm(input.value).catch(() => {});
input.addEventListener("input", () => {
  warm();
  clearTimeout(timer);
  timer = setTimeout(() => {
    change({ query: input.value }, false);
    hint(input.value, true).catch(forget);
  }, looksSpelledSoFar(input.value) ? UNDECIDED : PAUSE);
});
input.addEventListener("focus", warm, { once: true });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  change({ query: input.value });
  hint(input.value, false).catch(forget);
});
for (const { box } of boxes.values()) {
  box.addEventListener("change", () =>
    change({ chosen: box.checked ? [...state.chosen, box.value] : state.chosen.filter((one) => one !== box.value) }),
  );
}
day?.addEventListener("change", () => {
  const from = isDay(day.value) ? day.value : "";
  if (from !== state.since) change({ since: from });
});
sort.addEventListener("change", () => change({ order: sort.value }));
window.addEventListener("popstate", () => {
  // Not where only the part of the page has changed, as by the link that skips to it.
  if (address(read()) !== address(state)) follow();
});
document.addEventListener("keydown", (event) => {
  // The keys of an input method choose among its words.
  if (event.isComposing) return;
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    input.focus();
    input.select();
  } else if (event.key === "Escape" && event.target === input && input.value) {
    input.value = "";
    forget();
    change({ query: "" });
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (event.target === input || event.target.closest?.(".hints a, .hits h3 a"))) {
    const links = [...hints.querySelectorAll("a"), ...(hits.hidden ? [] : hits.querySelectorAll("h3 a"))];
    const next = links.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
    if (next >= links.length) return;
    event.preventDefault();
    (next < 0 ? input : links[next]).focus();
  }
});
follow();
