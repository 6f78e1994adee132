/**
 * The page about reading without a network: keeps the whole site on the device, tells what is kept, and removes it.
 * The words stand in the page.
 */

import { ask, refuse, refused, register, save } from "./offline.js";

const part = document.getElementById("kept");
const words = JSON.parse(part.dataset.words);
const status = part.querySelector("[role=status]");
const version = part.querySelector(".version");
const bar = part.querySelector("progress");
const size = part.querySelector(".size");
const [saving, reading, removing] = part.querySelectorAll("button");

const { lang } = document.documentElement;
const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

let pressed = false;

/** Says something, and offers what can be done then. */
function say(text, ...offered) {
  if (status.textContent !== text) status.textContent = text;
  for (const button of [saving, reading, removing]) button.hidden = button.disabled = !offered.includes(button);
  // Whoever pressed a button that has gone is not left at the top of the page.
  if (pressed && document.activeElement === document.body) status.focus({ preventScroll: true });
}

/** Says that something is being done; until it is, nothing else can be. */
function busy(text) {
  pressed ||= part.contains(document.activeElement);
  status.textContent = text;
  for (const button of [saving, reading, removing]) button.disabled = true;
}

function measure({ bytes }) {
  if (bytes) size.textContent = fill(size.dataset.text, { n: number.format(bytes / 1e6) });
  size.hidden = !bytes;
}

/** What is on the device, as the worker tells it. */
function show(said) {
  measure(said);
  bar.hidden = true;
  version.hidden = !said.whole;
  if (said.whole) {
    version.textContent = fill(words.version, { build: said.build.slice(0, 7) });
    say(words.whole, removing);
  } else if (said.have) say(fill(words.part, said), saving, removing);
  else say(fill(words.read, { n: said.pages ?? 0 }), saving, removing);
}

async function keepAll(worker) {
  bar.hidden = false;
  let told = 0;
  busy(words.going);
  const said = await save(worker, ({ have, files, bytes }) => {
    measure({ bytes });
    bar.max = files;
    bar.value = have;
    // Every quarter is read aloud; the bar tells the rest.
    const quarter = Math.floor((4 * have) / files);
    if (quarter > told) busy(fill(words.share, { n: number.format(25 * (told = quarter)) }));
  });
  if (!said.failed) return show(said);
  show(await ask(worker, "state"));
  version.hidden = true;
  return say(words[said.failed] ?? words.network, saving, removing);
}

/** Does something that may be forbidden. */
const tried = (work) => async () => {
  try {
    await work();
  } catch ({ message }) {
    if (message === "network") say(words.network, saving);
    else say(words.unable);
  }
};

const begin = async () => (await register()).active;

/** The same, and has the worker keep pages again. */
async function again() {
  refuse(false);
  const worker = await begin();
  await ask(worker, "begin");
  return worker;
}

saving.addEventListener("click", tried(async () => {
  // So that the browser does not throw it away when space is short; it may say no.
  navigator.storage?.persist?.().catch(() => {});
  await keepAll(await again());
}));

reading.addEventListener("click", tried(async () => {
  show(await ask(await again(), "state"));
}));

removing.addEventListener("click", tried(async () => {
  refuse(true);
  busy("");
  await ask(await begin(), "forget");
  version.hidden = size.hidden = true;
  say(words.gone, saving, reading);
}));

tried(async () => {
  if (!navigator.serviceWorker) return say(words.unable);
  if (refused()) return say(words.off, saving, reading);
  const worker = await begin();
  const said = await ask(worker, "state");
  // A newer build, or one that was broken off.
  if (said.wanted && !said.whole && navigator.onLine) return keepAll(worker);
  return show(said);
})();
