/** A few words of a text around those that were searched for. Nothing here touches the page or the network. */

import { fold } from "./query.js";

const WIDE = /[\u3040-\u30ff\u3400-\u9fff]/;
/** Characters that are shown: of Japanese, and of languages with spaces. */
const SPAN = [64, 150];

const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

/**
 * Where words stand in a text, whatever their case. Words in Latin letters count from the head of a word of the text
 * on, and take it whole.
 * @param {string[]} words folded
 * @returns {[number, number][]} start and end, from left to right
 */
export function places(text, words) {
  const sorted = words.filter(Boolean).sort((a, b) => b.length - a.length);
  if (!sorted.length) return [];
  const forms = sorted.map((word) => (WIDE.test(word) ? escaped(word) : `(?<![\\p{L}\\p{N}])${escaped(word)}[\\p{L}\\p{N}]*`));
  return [...text.matchAll(new RegExp(forms.join("|"), "giu"))].map(({ index, 0: found }) => [index, index + found.length]);
}

/**
 * The passage that holds most of the words.
 * @param {{heading: string, id: string, text: string}[]} parts
 * @param {string[][]} groups for each word of the query what may stand for it, folded
 * @returns {{heading: string, id: string, pieces: [string, boolean][]} | null} pieces of text, and whether each was
 * searched for
 */
export function excerpt(parts, groups) {
  let best = null;
  for (const part of parts) {
    const text = fold(part.text);
    const met = groups.filter((words) => places(text, words).length).length;
    if (met > (best?.met ?? 0)) best = { part, met };
  }
  if (!best) return null;
  const { heading, id, text } = best.part;
  const found = places(text, groups.flat());
  // Where only the folded text has it, there is nothing to mark.
  if (!found.length) return null;
  const wide = WIDE.test(text);
  const span = SPAN[wide ? 0 : 1];
  let start = Math.max(0, Math.min(found[0][0] - Math.floor(span / 3), text.length - span));
  let end = Math.min(text.length, Math.max(start + span, found[0][1]));
  // Not within a word.
  if (!wide && start) start = Math.max(text.lastIndexOf(" ", start), 0);
  if (!wide && end < text.length) end = Math.max(text.lastIndexOf(" ", end), found[0][1]);
  const pieces = [];
  const add = (from, to, marked) => to > from && pieces.push([text.slice(from, to), marked]);
  let at = start;
  for (const [from, to] of found) {
    if (to > end) break;
    add(at, from, false);
    add(from, to, true);
    at = to;
  }
  add(at, end, false);
  if (start) pieces.unshift(["… ", false]);
  if (end < text.length) pieces.push([" …", false]);
  return { heading, id, pieces };
}
