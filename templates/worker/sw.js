{# Written into the root of the site by hayami/offline.py. #}
/**
 * Keeps pages for reading without a network: those that were read, or the whole site when the reader asks.
 *
 * A page comes from the network; what was kept stands in when the network fails, or takes more than LIMIT. Files
 * whose address names their content come from what was kept. What is kept stands in one cache for each build. When a
 * build takes over, the one before it stays, so that open and kept pages still find their files; a whole copy stays
 * until the next is whole.
 */
"use strict";

const BUILD = {{ build | tojson }};
const CORE = {{ core | tojson }};
const ENDINGS = new RegExp({{ endings | tojson }});
const PINNED = new RegExp({{ pinned | tojson }});
/** First folders of the site: what else lies below the root of a host is none of ours. */
const TOP = new Set({{ top | tojson }});
/** Folder of a language → the page that says that there is no network. */
const UNREACHABLE = {{ unreachable | tojson }};

const LIMIT = 3000;
/** How long one file of the whole site may take. */
const LONGEST = 30000;
const PARALLEL = 6;
/** Files that are kept for one request of a page, so that no request lasts long. */
const BATCH = 48;

const ROOT = new URL("./", location.href);
/** Other sites on the same host have caches of their own. */
const MINE = `hayami:${ROOT.pathname}#`;
const NAME = MINE + BUILD;
/** In a cache: the list by which it is to hold the whole site. */
const LIST = new URL("offline.json", ROOT).href;
/** In a cache: the number of the build, counted in this browser when it took over. */
const TURN = new URL("sw.js", ROOT).href;

let off = false;
/** Settled when the pages are kept that were open before the worker came. */
let opened;

// --- addresses ---------------------------------------------------------------------------------------

const pathOf = (address) => new URL(address, ROOT).pathname.slice(ROOT.pathname.length);

/** Under which address something is kept: without a query, and a page by its folder. */
function keyOf(address) {
  const path = pathOf(address).replace(/(^|\/)index\.html$/, "$1");
  return ROOT.href + (/(^|\/)[^/.]+$/.test(path) ? `${path}/` : path);
}

const isPage = (key) => key.endsWith("/");

const fileOf = (key) => pathOf(key) + (isPage(key) ? "index.html" : "");

function isOurs(address) {
  const url = new URL(address, ROOT);
  if (url.origin !== ROOT.origin || !url.pathname.startsWith(ROOT.pathname)) return false;
  const file = fileOf(keyOf(url));
  return ENDINGS.test(file) && (TOP.has(file.split("/")[0]) || /^[^/]+\.(html|webmanifest)$/.test(file));
}

// --- what is kept ------------------------------------------------------------------------------------

/** Caches of this site, this build's first, then the last that was in use. */
async function shelves() {
  const names = (await caches.keys()).filter((name) => name.startsWith(MINE));
  const found = await Promise.all(
    names.map(async (name) => {
      const cache = await caches.open(name);
      const turn = await cache.match(TURN);
      return { name, cache, turn: turn ? Number(await turn.text()) : 0 };
    }),
  );
  return found.sort((a, b) => (b.name === NAME) - (a.name === NAME) || b.turn - a.turn);
}

async function find(key) {
  for (const { cache } of await shelves()) {
    const found = await cache.match(key, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

/** A response with another body or status, and without what was said of how the old one came. */
function rebuilt(response, body, status = 200) {
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response(body, { status, headers });
}

/** @returns {Promise<boolean>} whether it was fit to be kept */
async function keep(key, response) {
  // What was removed does not come back by a worker that was started anew for a page that is still open.
  if (off || !(await caches.has(NAME)) || response.status !== 200 || !["basic", "default"].includes(response.type)) return false;
  // Hosts may lead from one spelling of an address to another, but not from one page to another.
  if (response.redirected && keyOf(response.url) !== key) return false;
  const cache = await caches.open(NAME);
  // Browsers refuse to show for one address what was fetched for another.
  await cache.put(key, response.redirected ? rebuilt(response, response.body) : response);
  return true;
}

async function discard(key) {
  for (const { cache } of await shelves()) await cache.delete(key);
}

/** The list that a cache is to hold, and the files of it that are missing. */
async function stock({ cache }) {
  const kept = await cache.match(LIST);
  if (!kept) return null;
  const list = await kept.json();
  const held = new Set((await cache.keys()).map(({ url }) => fileOf(url)));
  // Those that other files are found by come last: a copy that was broken off must not lead to what it lacks.
  const missing = Object.keys(list.files).filter((file) => !held.has(file));
  return { list, missing: missing.sort((a, b) => PINNED.test(b) - PINNED.test(a)) };
}

/** Throws away what is neither of this build, nor of the one before, nor the last whole copy while there is no newer. */
async function prune() {
  const [own, ...others] = await shelves();
  const used = others.filter(({ turn }) => turn);
  const stay = new Set(used.slice(0, 1).map(({ name }) => name));
  for (const shelf of [own, ...used]) {
    const held = await stock(shelf);
    if (!held || held.missing.length) continue;
    stay.add(shelf.name);
    break;
  }
  for (const { name } of others) if (!stay.has(name)) await caches.delete(name);
}

// --- answers -----------------------------------------------------------------------------------------

const delivered = new Map();

async function fingerprint(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return [...new Uint8Array(digest).slice(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Notes which page a window was given, so that it can be told whether a newer build has another. */
function note(event, response) {
  if (!event.resultingClientId || response.status !== 200) return response;
  delivered.set(event.resultingClientId, fingerprint(response.clone()).catch(() => null));
  if (delivered.size > 50) delivered.delete(delivered.keys().next().value);
  return response;
}

/** Past what the browser holds by itself, which may be old; the host is asked whether it has changed. */
function fetchNew({ request }) {
  if (request.mode !== "navigate") return fetch(request, { cache: "no-cache" });
  // A request of this kind cannot be changed; the browser itself follows where the host leads.
  const headers = { accept: request.headers.get("accept") ?? "*/*" };
  return fetch(request.url, { cache: "no-cache", redirect: "manual", headers });
}

async function newest(event, key) {
  const network = fetchNew(event).then((response) => {
    if (response.status === 200) event.waitUntil(keep(key, response.clone()).catch(() => {}));
    else if (response.status === 404 || response.status === 410) event.waitUntil(discard(key));
    return response;
  });
  // Also when it comes too late to be shown.
  event.waitUntil(network.catch(() => {}));
  const late = new Promise((done) => setTimeout(done, LIMIT));
  const first = await Promise.race([network.catch(() => undefined), late]);
  if (first && first.status < 500) return note(event, first);
  const kept = await find(key);
  if (kept) return note(event, kept);
  try {
    return note(event, await network);
  } catch (failed) {
    if (event.request.mode !== "navigate") throw failed;
    return withoutNetwork(key, event.request.url);
  }
}

/** Pages that were opened before there was a worker, with the sheets and scripts that they name. */
async function keepOpen() {
  for (const { id, url } of await clients.matchAll({ type: "window" })) {
    const key = keyOf(url);
    if (!isOurs(url) || delivered.has(id)) continue;
    const response = await fetch(key);
    delivered.set(id, fingerprint(response.clone()));
    const html = await response.clone().text();
    await keep(key, response);
    for (const [, name] of html.matchAll(/<(?:link rel="stylesheet" href|script[^>]* src)="([^"]+)"/g)) {
      const file = new URL(name, key).href;
      if (isOurs(file) && !(await find(file))) await keep(file, await fetch(file));
    }
  }
}

/** The page for want of a network; its links are relative to where it lies, and must hold where it is shown. */
async function withoutNetwork(key, asked) {
  const folders = Object.keys(UNREACHABLE).sort((a, b) => b.length - a.length);
  const page = UNREACHABLE[folders.find((folder) => pathOf(key).startsWith(folder))];
  const kept = await find(keyOf(page));
  if (!kept) return Response.error();
  const absolute = (all, name, link) => ` ${name}="${new URL(link, ROOT.href + page).href}"`;
  const again = ` href="${asked.replaceAll("&", "&amp;").replaceAll('"', "%22")}"`;
  const html = (await kept.text()).replace(' href="#again"', again).replace(/ (href|src|action|data-offline)="((?!#|[a-z]+:)[^"]+)"/g, absolute);
  return rebuilt(kept, html, 503);
}

async function pinned(event, key) {
  const kept = await find(key);
  if (kept) return kept;
  const response = await fetch(event.request);
  event.waitUntil(keep(key, response.clone()).catch(() => {}));
  return response;
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (off || request.method !== "GET" || request.headers.has("range") || !isOurs(request.url)) return;
  const key = keyOf(request.url);
  event.respondWith(PINNED.test(pathOf(key)) ? pinned(event, key) : newest(event, key));
});

// --- the whole site ----------------------------------------------------------------------------------

let lists;

/** The list of this build as the host has it; null when the host has another build by now. */
function listed() {
  const read = async () => {
    const response = await fetch(LIST, { cache: "no-cache" });
    if (!response.ok) throw new Error(String(response.status));
    const list = await response.json();
    if (list.build === BUILD) return list;
    registration.update().catch(() => {});
    return null;
  };
  lists ??= read();
  lists.then(
    (list) => list ?? (lists = undefined),
    () => (lists = undefined),
  );
  return lists;
}

/** A file that an older cache holds as this build has it. */
async function unchanged(file, mark, stocks) {
  for (const { cache, list } of stocks) {
    if (list.files[file]?.[1] === mark) {
      const found = await cache.match(keyOf(file), { ignoreVary: true });
      if (found) return found;
    }
  }
  return undefined;
}

/** Does something for all of some, PARALLEL at a time; the first failure ends it. */
async function forAll(some, work) {
  const waiting = [...some];
  const worker = async () => {
    while (waiting.length) {
      try {
        await work(waiting.shift());
      } catch (failed) {
        waiting.length = 0;
        throw failed;
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

/** Keeps some more files of the whole site; asked again until nothing is missing. */
async function save({ first }) {
  if (off || !(await caches.has(NAME))) return { failed: "network" };
  if (first) lists = undefined;
  const list = await listed();
  if (!list) return { failed: "newer" };
  const cache = await caches.open(NAME);
  if (first) await cache.put(LIST, new Response(JSON.stringify(list)));
  const { missing } = (await stock({ cache })) ?? { missing: [] };
  const needed = missing.reduce((sum, file) => sum + list.files[file][0], 0);
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota - usage < needed) return { failed: "full" };
  const [, ...others] = await shelves();
  const stocks = [];
  for (const { cache: old } of others) {
    const kept = await old.match(LIST);
    if (kept) stocks.push({ cache: old, list: await kept.json() });
  }
  await forAll(missing.slice(0, BATCH), async (file) => {
    const [, mark] = list.files[file];
    let response = await unchanged(file, mark, stocks);
    if (!response) {
      const cached = PINNED.test(file) ? "default" : "no-cache";
      response = await fetch(keyOf(file), { cache: cached, signal: AbortSignal.timeout?.(LONGEST) });
      if (response.status !== 200) throw new Error(`${file}: ${response.status}`);
    }
    if (!(await keep(keyOf(file), response))) throw new Error(file);
  });
  if (missing.length <= BATCH) {
    // The host may have changed under our hands.
    lists = undefined;
    if (!(await listed())) return { failed: "newer" };
    await prune();
  }
  return state();
}

async function state() {
  const all = await shelves();
  const own = all.find(({ name }) => name === NAME);
  const held = own && (await stock(own));
  const list = held?.list ?? (await listed().catch(() => null));
  const pages = new Set();
  for (const { cache } of all) for (const { url } of await cache.keys()) if (isPage(url)) pages.add(url);
  for (const page of Object.values(UNREACHABLE)) pages.delete(keyOf(page));
  const wanted = await Promise.all(all.map(({ cache }) => cache.match(LIST)));
  return {
    build: BUILD,
    bytes: list?.bytes,
    files: list && Object.keys(list.files).length,
    have: held ? Object.keys(held.list.files).length - held.missing.length : 0,
    whole: Boolean(held && !held.missing.length),
    wanted: wanted.some(Boolean),
    pages: pages.size,
  };
}

// --- questions of pages ------------------------------------------------------------------------------

const ANSWERS = {
  state,
  save,
  /** What this build has at the address of a page. */
  about: async ({ page }) => {
    const list = await listed().catch(() => null);
    return { build: BUILD, reached: Boolean(list), mark: list?.files[fileOf(keyOf(page))]?.[1] };
  },
  /** What the window that asks was given. */
  given: async (_, { id }) => {
    await opened;
    return delivered.get(id);
  },
  /** Titles of the pages that are kept in a language, the last first. */
  pages: async ({ lang }) => {
    const found = new Map();
    for (const { cache } of await shelves()) {
      for (const { url } of (await cache.keys()).reverse()) {
        if (found.size === 20) break;
        if (!isPage(url) || found.has(url) || Object.values(UNREACHABLE).some((page) => keyOf(page) === url)) continue;
        const html = await (await cache.match(url, { ignoreVary: true })).text();
        if (!html.includes(`<html lang="${lang}"`) || html.includes('http-equiv="refresh"')) continue;
        found.set(url, /property="og:title" content="([^"]*)"/.exec(html)?.[1]);
      }
    }
    return [...found];
  },
  renew: () => skipWaiting(),
  /** Keeps again what was removed: browsers may bring back this worker in place of a new one. */
  begin: async () => {
    if (!off && (await caches.has(NAME))) return true;
    off = false;
    await stockUp();
    await settle();
    return true;
  },
  forget: async () => {
    off = true;
    for (const name of await caches.keys()) if (name.startsWith(MINE)) await caches.delete(name);
    await registration.unregister();
    return true;
  },
};

addEventListener("message", (event) => {
  const answer = async () => {
    try {
      return await ANSWERS[event.data.ask](event.data, event.source);
    } catch (failed) {
      return { failed: failed.name === "QuotaExceededError" ? "full" : "network" };
    }
  };
  event.waitUntil(answer().then((told) => event.ports[0]?.postMessage(told)));
});

// --- the life of a build -----------------------------------------------------------------------------

async function stockUp() {
  await caches.open(NAME);
  await forAll(CORE, async (file) => {
    const response = await fetch(keyOf(file), { cache: PINNED.test(file) ? "default" : "no-cache" });
    if (response.status !== 200) throw new Error(`${file}: ${response.status}`);
    await keep(keyOf(file), response);
  });
}

async function settle() {
  const all = await shelves();
  const turn = 1 + Math.max(...all.map((shelf) => shelf.turn));
  await (await caches.open(NAME)).put(TURN, new Response(String(turn)));
  await prune();
  await clients.claim();
  opened = keepOpen().catch(() => {});
  await opened;
}

addEventListener("install", (event) => event.waitUntil(stockUp()));

addEventListener("activate", (event) => event.waitUntil(settle()));
