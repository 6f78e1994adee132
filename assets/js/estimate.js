/**
 * The calculator: cost and branch give the grant, the own share, and why it stops. It is made when a reader asks for
 * it, from the look-up table of the page: the heads of its cases carry the figures and are the choices. The words,
 * the same for every page of a language, are fetched.
 */
import { fetched, sheet } from "./extra.js";
import { estimate, fill, number, read, sum } from "./lib/estimate.js";

const WIDTH = 1000;
const FORM = [
  `<form class="calc" autocomplete="off" novalidate>`,
  `<div class="in">`,
  `<label for="estimate-cost" data-word="cost"></label>`,
  `<div class="entry"><input class="field" id="estimate-cost" inputmode="decimal" aria-describedby="estimate-unit estimate-hint estimate-error"><span id="estimate-unit" data-word="entry"></span></div>`,
  `<p class="hint" id="estimate-hint" data-word="hint"></p>`,
  `<p class="error" id="estimate-error" data-word="error" hidden></p>`,
  `<fieldset><legend data-word="choose"></legend></fieldset>`,
  `</div>`,
  `<output class="out" for="estimate-cost" aria-live="polite">`,
  `<span class="empty" data-word="empty"></span>`,
  `<span class="get"></span>`,
  `<span class="big"></span>`,
  `<svg class="split" viewBox="0 0 ${WIDTH} 28" preserveAspectRatio="none" aria-hidden="true"><rect class="sure" height="28"/><path class="maybe"/></svg>`,
  `<span class="legend"><span aria-hidden="true"><span data-word="got"></span> <b class="got"></b></span><span><span data-word="own"></span> <b class="own"></b></span></span>`,
  `<span class="equation"></span>`,
  `<span class="why"></span>`,
  `<span class="which" data-word="range"></span>`,
  `</output>`,
  `</form>`,
].join("");

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

/** The choices of a form, one for each head of the table; none where there is one case only. */
function choices(heads) {
  return heads.map((head, index) => {
    const label = made("label", "");
    label.className = "choice";
    const box = document.createElement("input");
    Object.assign(box, { type: "radio", name: "branch", value: index, checked: index === 0 });
    const said = made("span", "");
    const [name, terms] = head.children;
    said.append(...name.cloneNode(true).childNodes, terms.cloneNode(true));
    label.append(box, said);
    return label;
  });
}

/** Puts the form into the place of the button that asked for it. */
export async function open(start) {
  const section = start.closest(".estimate");
  const [{ money, words }] = await Promise.all([fetched("estimate"), sheet("calculator")]);
  const heads = [...section.querySelectorAll("[data-branch]")];
  const branches = heads.map((head) => ({ floor: 0, within: true, ...JSON.parse(head.dataset.branch) }));
  const holder = document.createElement("template");
  holder.innerHTML = FORM;
  for (const one of holder.content.querySelectorAll("[data-word]")) one.textContent = words[one.dataset.word];
  const form = holder.content.firstElementChild;
  const input = form.querySelector(".field");
  const error = form.querySelector(".error");
  const output = form.querySelector("output");
  const cases = form.querySelector("fieldset");
  const part = (name) => output.querySelector(`.${name}`);

  if (branches.length > 1) cases.append(...choices(heads));
  else cases.remove();
  const common = section.querySelector("caption .common");
  if (common) {
    const said = made("p", common.textContent);
    said.className = "common";
    form.querySelector(".in").append(said);
  }

  /** One sum, or a range of two, smallest first. */
  const range = (values) => {
    const [a, b] = [Math.min(...values), Math.max(...values)].map((yen) => sum(yen, money));
    return a === b ? a : fill(words.to, { a, b });
  };

  const draw = (branch, cost) => {
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
  };

  /** Only when the reader has left the field is a sum known not to be half typed. */
  const update = (finished) => {
    const cost = read(input.value, money);
    const wrong = !cost && input.value.trim() !== "";
    output.classList.toggle("idle", !cost);
    const chosen = form.querySelector(":checked")?.value ?? 0;
    if (cost) draw(branches[chosen], cost);
    if (finished || !wrong) {
      error.hidden = !wrong;
      input.ariaInvalid = wrong ? "true" : null;
    }
    if (finished && cost && cost % money.unit === 0) input.value = number(cost / money.unit, money);
  };

  form.addEventListener("input", () => update(false));
  form.addEventListener("change", () => update(true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update(true);
  });
  input.value = number(section.dataset.cost / money.unit, money);
  update(true);
  start.parentNode.replaceWith(form);
  // The example is typed over.
  input.focus();
  input.select();
}
