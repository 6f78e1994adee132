/**
 * The rules of the calculator without a page: those of hayami/estimate.py and hayami/formats.py (tests hold
 * them equal), on the data of hayami/script_data.py.
 */

/** A pattern with its {names} filled in. */
export const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** A whole number with the separators of the language. */
export const number = (n, form) => String(n).replace(/\B(?=(\d{3})+$)/g, form.group);

/** A sum as the language writes it. */
export function sum(yen, form) {
  return fill(form.pattern, { n: (form.compose ? composed(yen, form) : scaled(yen, form)) ?? number(yen, form) });
}

const scale = (n, name, form) => fill(form.scale_pattern, { n, scale: name });

/** Scales put together, when nothing is left over below the smallest. */
function composed(yen, form) {
  if (!yen || !form.scales.length || yen % form.scales.at(-1)[0]) return null;
  let text = "";
  for (const [value, name] of form.scales) {
    if (yen >= value) text += scale(number((yen - (yen % value)) / value, form), name, form);
    yen %= value;
  }
  return text;
}

/** One scale with few decimals, when that is exact. */
function scaled(yen, form) {
  const power = 10 ** form.decimals;
  for (const [value, name] of form.scales) {
    if (yen < value || (yen * power) % value) continue;
    const parts = String(((yen % value) * power) / value).padStart(form.decimals, "0").replace(/0+$/, "");
    const whole = number((yen - (yen % value)) / value, form);
    return scale(parts ? whole + form.point + parts : whole, name, form);
  }
  return null;
}

/**
 * A cost as it is typed: full-width digits, separators, scales (1.2億, 12 million), the sign of the currency.
 * A bare number counts in the unit of the field; with the sign it is yen.
 * @returns {number | null} whole yen, or null when it is no such sum
 */
export function read(typed, form) {
  let text = typed.normalize("NFKC").toLowerCase();
  const signs = form.signs.filter((sign) => text.includes(sign.toLowerCase()));
  for (const sign of signs) text = text.replace(sign.toLowerCase(), "");
  text = text.replaceAll(form.group, "").replace(form.point === "," ? /\s/g : /[\s,\u3001]/g, "");
  const pieces = [...text.replaceAll(form.point, ".").matchAll(/(\d+)(?:\.(\d+))?([^\d.]*)/g)];
  if (pieces.reduce((length, [piece]) => length + piece.length, 0) !== text.length) return null;
  const units = new Map(Object.entries(form.units).map(([name, value]) => [name.toLowerCase(), value]));
  let yen = 0;
  let above = Infinity;
  for (const [, whole, decimals = "", name] of pieces) {
    // Behind a scale a bare number is clear only with the sign of the currency.
    const bare = signs.length ? 1 : pieces.length === 1 && form.unit;
    const unit = name ? units.get(name) : bare;
    const parts = 10 ** decimals.length;
    const count = Number(whole + decimals);
    const part = unit >= parts ? count * (unit / parts) : count / (parts / unit);
    if (!unit || count > Number.MAX_SAFE_INTEGER || unit >= above || part >= above) return null;
    yen += part;
    above = unit;
  }
  return yen >= 1 && yen <= form.most ? Math.floor(yen) : null;
}

/** Grant and own share for each rate of the branch, and why. */
export function estimate({ shares, cap, floor }, cost) {
  const ends = shares.map(([n, d]) => {
    const rest = (cost * n) % d;
    const product = (cost * n - rest) / d;
    const grant = Math.min(product, cap);
    return { product, rounded: rest > 0, grant, own: cost - grant };
  });
  const [low, high] = [ends[0], ends.at(-1)];
  let outcome = "within";
  if (high.grant < floor) outcome = "floor";
  else if (low.grant < floor) outcome = "floor_part";
  else if (low.product >= cap) outcome = "cap";
  else if (high.product >= cap) outcome = "cap_part";
  return { ends, outcome };
}
