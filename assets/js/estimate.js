/**
 * The calculator: cost and branch give the grant, the own share, and why it stops. The page brings
 * the figures and a worked example; the words, the same for every page of a language, are fetched.
 */
import { estimate, fill, number, read, sum } from "./lib/estimate.js";

const WIDTH = 1000;
const section = document.querySelector(".estimate");
const { money, words } = await (await fetch(section.dataset.words)).json();
const form = section.querySelector("form");
const input = form.querySelector(".field");
const error = form.querySelector(".error");
const output = form.querySelector("output");
const part = (name) => output.querySelector(`.${name}`);

/** One sum, or a range of two, smallest first. */
function range(values) {
  const [a, b] = [Math.min(...values), Math.max(...values)].map((yen) => sum(yen, money));
  return a === b ? a : fill(words.to, { a, b });
}

function made(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** Numbers large, what stands around them small. */
function large(text) {
  const pieces = text.split(/(\d[\d,.\s/]*\d|\d)/).filter(Boolean);
  return pieces.map((piece) => (/\d/.test(piece) ? piece : made("small", piece)));
}

function draw(branch, cost) {
  const { ends, outcome } = estimate(branch, cost);
  const grants = ends.map((end) => end.grant);
  const none = outcome === "floor";
  const own = range(none ? [cost] : ends.map((end) => end.own));
  part("get").textContent = branch.within ? words.get_most : words.get;
  part("big").replaceChildren(...(none ? [made("span", words.none)] : large(range(grants))));
  part("got").textContent = range(none ? [0] : grants);
  part("own").textContent = branch.within && !none ? fill(words.least, { x: own }) : own;
  const [low, high] = [grants[0], grants.at(-1)].map((yen) => (none ? 0 : Math.floor((yen * WIDTH) / cost)));
  part("sure").setAttribute("width", low);
  part("maybe").setAttribute("d", `M${low} 14H${high}`);
  part("equation").replaceChildren(
    ...ends.map((end, index) => {
      const share = branch.shares[index][2];
      const text = fill(words.equation, { cost: sum(cost, money), share, sum: sum(end.product, money) });
      return made("span", end.rounded ? fill(words.rounded, { x: text }) : text);
    }),
  );
  part("why").textContent = fill(words[outcome], { cap: sum(branch.cap, money), floor: sum(branch.floor, money) });
  part("which").hidden = ends.length < 2;
}

/** Only when the reader has left the field is a sum known not to be half typed. */
function update(finished) {
  const cost = read(input.value, money);
  const wrong = !cost && input.value.trim() !== "";
  output.classList.toggle("idle", !cost);
  const { branch } = form.querySelector("[data-branch]:is(:checked, [type=hidden])").dataset;
  if (cost) draw(JSON.parse(branch), cost);
  if (finished || !wrong) {
    error.hidden = !wrong;
    input.ariaInvalid = wrong ? "true" : null;
  }
  if (finished && cost && cost % money.unit === 0) input.value = number(cost / money.unit, money);
}

form.addEventListener("input", () => update(false));
form.addEventListener("change", () => update(true));
form.addEventListener("submit", () => update(true));
// Something may have been typed, and left, before this script came.
update(document.activeElement !== input);
