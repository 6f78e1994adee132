/**
 * Reading without a network, on the side of the page: registers the worker of the site (sw.js), and offers a newer
 * version of a page that is open. js/page.js registers it for new readers, and fetches this when it is there.
 */

/** The root of the site, from where this script lies: assets/<digest>/js/. */
export const root = new URL("../../../", import.meta.url);

const container = navigator.serviceWorker;
const KEY = `hayami-offline:${root.pathname}`;
/** How often an open page asks for a newer version, in milliseconds. */
const PAUSE = 600_000;
const LONGEST = 240_000;

/** Whether the reader asked that nothing be kept. */
export function refused() {
  try {
    return localStorage.getItem(KEY) === "off";
  } catch {
    return false;
  }
}

/** @param {boolean} no */
export function refuse(no) {
  try {
    if (no) localStorage.setItem(KEY, "off");
    else localStorage.removeItem(KEY);
  } catch {
    // Then the choice holds until the next page.
  }
}

/** Asks a worker; the questions stand in sw.js. */
export const ask = (worker, question, more = {}) =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    const end = setTimeout(() => done({ failed: "network" }), LONGEST);
    port1.onmessage = ({ data }) => {
      clearTimeout(end);
      done(data);
    };
    worker.postMessage({ ask: question, ...more }, [port2]);
  });

/** Has the worker keep the whole site, and tells how far it is. @returns what the worker said last */
export async function save(worker, tell) {
  let said = await ask(worker, "save", { first: true });
  while (!said.failed && !said.whole) {
    tell(said);
    said = await ask(worker, "save");
  }
  return said;
}

/** @returns {Promise<ServiceWorkerRegistration>} with an active worker */
export async function register() {
  const registration = await container.register(new URL("sw.js", root), { updateViaCache: "none" });
  const coming = !registration.active && (registration.installing ?? registration.waiting);
  // A first worker that could not fetch what it needs is thrown away, and nothing would ever be ready.
  const lost = new Promise((_, failed) => {
    if (coming) coming.addEventListener("statechange", () => coming.state === "redundant" && failed(new Error("network")));
  });
  return Promise.race([container.ready, lost]);
}

/** The bar that offers a newer version. */
async function offer(worker, build) {
  document.querySelector(".renewal")?.remove();
  const words = await fetch(document.querySelector("[data-offline]").dataset.offline).then((got) => got.json());
  const bar = document.createElement("aside");
  bar.className = "renewal";
  bar.setAttribute("aria-label", words.label);
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("../css/renewal-bar.css", import.meta.url);
  const text = document.createElement("p");
  text.role = "status";
  const button = (name, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = name;
    made.addEventListener("click", press);
    return made;
  };
  const version = document.createElement("small");
  version.textContent = words.version.replace("{build}", build.slice(0, 7));
  const wrap = document.createElement("div");
  wrap.className = "wrap";
  wrap.append(
    text,
    version,
    button(words.reload, () => {
      if (worker.state !== "installed") return location.reload();
      container.addEventListener("controllerchange", () => location.reload(), { once: true });
      return ask(worker, "renew");
    }),
    button(words.later, () => bar.remove()),
  );
  bar.append(sheet, wrap);
  document.body.append(bar);
  // A region is read aloud when it changes, not when it comes.
  sheet.addEventListener("load", () => (text.textContent = words.text));
}

/** Where the whole site was wanted, keeps on until it is whole: after a new build, or when it was broken off. */
async function resume(worker) {
  // That page does so itself, and shows it.
  if (document.getElementById("kept")) return;
  const { wanted, whole } = await ask(worker, "state");
  if (wanted && !whole) await save(worker, () => {});
}

async function start() {
  const had = container.controller;
  // What this page is, as the worker gave it: a new build that has the same need not be offered.
  let given = had && ask(had, "given");
  const judge = async (worker) => {
    const { build, reached, mark } = await ask(worker, "about", { page: location.href });
    // Without a network there is nothing newer to be had.
    if (!reached || !navigator.onLine) return;
    if (mark && mark === (await given)) {
      if (worker.state === "installed") await ask(worker, "renew");
      else await resume(worker);
    } else await offer(worker, build);
  };
  const registration = await register();
  // To a new reader the first worker brings nothing new when it takes over.
  const first = had ?? registration.active;
  given ??= ask(first, "given");
  const look = () => registration.waiting && judge(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming.addEventListener("statechange", () => coming.state === "installed" && look());
  });
  addEventListener("online", look);
  container.addEventListener("controllerchange", () => container.controller !== first && judge(container.controller));
  if (registration.waiting) await look();
  else await resume(registration.active);
  let asked = performance.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || performance.now() - asked < PAUSE) return;
    asked = performance.now();
    registration.update().catch(() => {});
  });
}

if (container && !refused()) {
  start().catch(() => {
    // Browsers may forbid it; the page is whole without.
  });
}
