/**
 * The records that a reader chose to compare, as they stand in an address: "programme:a,programme:b".
 * Nothing here touches the page; it is loaded with every list, and therefore short.
 */

/**
 * @param {string | null} text what an address or the storage holds
 * @param {number} most
 * @returns {string[]} well-formed references, each once, at most as many as fit
 */
export function read(text, most) {
  const given = (text ?? "").split(",").filter((one) => /^[a-z]+:[a-z0-9]+(-[a-z0-9]+)*$/.test(one));
  return [...new Set(given)].slice(0, most);
}

/** @returns {string[]} the choice with or without one record; unchanged when there is no room */
export function changed(refs, ref, wanted, most) {
  const others = refs.filter((one) => one !== ref);
  if (!wanted) return others;
  return refs.includes(ref) || others.length >= most ? refs : [...others, ref];
}

/** @returns {string} query of an address; colons and commas may stand in it, and keep it short to read */
export const query = (refs, only) => (refs.length ? `?r=${refs}${only ? "&d=1" : ""}` : "");
