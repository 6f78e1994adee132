/**
 * What a reader types, as searches for the engine. Nothing here touches the page or the network.
 *
 * The engine looks for single words and knows no Japanese. So a query is cut into words of the index by the lexicon
 * that the build made from it; each word becomes a group of spellings, synonyms and near words, each with a weight;
 * records are scored by how many groups they match, and how well.
 */

/** Text as it is compared; the same as fold() of the build (hayami/search/words.py). */
export function fold(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<=\d),(?=\d{3})/g, "")
    .replace(/(\d+)分の(\d+)/g, "$2/$1");
}

/** Katakana as hiragana. */
export const hiragana = (text) =>
  text.replace(/[ァ-ヶ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));

const KANA =
  "あa いi うu えe おo かka きki くku けke こko さsa しshi すsu せse そso たta ちchi つtsu てte とto なna にni ぬnu ねne のno はha ひhi ふfu へhe ほho まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa をo んn がga ぎgi ぐgu げge ごgo ざza じji ずzu ぜze ぞzo だda ぢji づzu でde どdo ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo ゔvu ぁa ぃi ぅu ぇe ぉo";
const LETTERS = new Map(KANA.split(" ").map((pair) => [pair[0], pair.slice(1)]));
const GLIDES = { ゃ: "ya", ゅ: "yu", ょ: "yo", ぁ: "a", ぃ: "i", ぅ: "u", ぇ: "e", ぉ: "o" };

/** A reading in Latin letters without the marks that people leave out: ちゅうしょうきぎょう → chushokigyo. */
export function romaji(reading) {
  let out = "";
  let doubled = false;
  for (let at = 0; at < reading.length; at += 1) {
    const sign = reading[at];
    if (sign === "っ") {
      doubled = true;
      continue;
    }
    if (sign === "ー") continue;
    let letters = LETTERS.get(sign) ?? sign;
    const glide = GLIDES[reading[at + 1]];
    if (glide && letters.length > 1 && letters.endsWith("i")) {
      letters = letters.slice(0, -1) + (/^(sh|ch|j)/.test(letters) ? glide.replace("y", "") : glide);
      at += 1;
    } else if (glide && letters.length > 1 && "ぁぃぅぇぉ".includes(reading[at + 1])) {
      letters = letters.slice(0, -1) + glide;
      at += 1;
    }
    if (doubled) letters = (letters.startsWith("ch") ? "t" : letters[0]) + letters;
    doubled = false;
    out += letters;
  }
  return plainRomaji(out);
}

/** Latin letters as typed, brought to the same form: no macrons, no long vowels, Hepburn for the other system. */
export function plainRomaji(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f'’-]/g, "")
    .replace(/sy/g, "sh")
    .replace(/ty/g, "ch")
    .replace(/zy/g, "j")
    .replace(/jy/g, "j")
    .replace(/shi|si/g, "shi")
    .replace(/(?<![ct])hu/g, "fu")
    .replace(/(?<!t)tu/g, "tsu")
    .replace(/ti/g, "chi")
    .replace(/zi/g, "ji")
    .replace(/m(?=[bp])/g, "n")
    .replace(/o[uo]+/g, "o")
    .replace(/u+/g, "u")
    .replace(/aa+/g, "a")
    .replace(/ii+/g, "i")
    .replace(/ee+/g, "e");
}

const SYLLABLES =
  "(?:(?:k{1,2}|s{1,2}|t{1,2}|p{1,2}|[gzjdnhbmrwyf]|s{1,2}h|t?ch|ts|[kgsztdnhbpmrj]y)?[aiueo]|n(?![aiueoy])['’-]?)";
const SPELLED = new RegExp(`^${SYLLABLES}+$`);
const SPELLED_SO_FAR = new RegExp(`^${SYLLABLES}*[kgsztdnhbpmyrjwfc]{0,3}$`);
const unmarked = (word) => word.normalize("NFD").replace(/[\u0300-\u036f]/g, "");

/** Whether a word may be Japanese in Latin letters: kigyo, setsubi; and machine, which is not. */
export const looksSpelled = (word) => SPELLED.test(unmarked(word));

/** Whether every word may be, the last of which is still being typed: setsubi tous. */
export function looksSpelledSoFar(text) {
  const parts = typedParts(text);
  return parts.every((part, at) => (at < parts.length - 1 ? SPELLED : SPELLED_SO_FAR).test(unmarked(part)));
}

/** Words of one text in which each says how much it shares with the one before: packed() of hayami/search/lexicon.py. */
export function unpacked(text) {
  let word = "";
  return (text?.match(/[A-Z][^A-Z]*/g) ?? []).map((one) => (word = word.slice(0, one.charCodeAt(0) - 65) + one.slice(1)));
}

/** A lexicon as it is fetched, made ready to be looked things up in. */
export function prepare(data) {
  const split = (text) => (text ? text.split(" ") : []);
  const words = new Set([...split(data.words), ...unpacked(data.packed)]);
  /** Words that the index is known to have besides; who asks it adds them. */
  const all = new Set(words);
  const readings = new Map(Object.entries(data.readings ?? {}).map(([reading, some]) => [reading, some.split(" ")]));
  if (readings.size) {
    for (const word of words) {
      const reading = /^[ァ-ヺー]{2,}$/.test(word) && hiragana(word);
      if (reading) readings.set(reading, [...(readings.get(reading) ?? []), word]);
    }
  }
  const means = new Map();
  const official = new Map();
  const stop = new Set(data.stop);
  // Where the text has spaces, the index leaves small words out: hayami/search/index.py.
  const sought = (text) => (readings.size ? text : text.split(" ").filter((one) => one.length > 3 || !stop.has(one)).join(" ") || text);
  const add = (from, to, weight) => {
    if (!means.has(from)) means.set(from, new Map());
    const found = means.get(from);
    found.set(sought(to), Math.max(weight, found.get(sought(to)) ?? 0));
  };
  for (const [terms, everyday] of data.groups) {
    for (const term of terms) {
      for (const word of everyday) {
        add(word, term, 0.6);
        if (!official.has(word)) official.set(word, term);
        add(term, word, 0.45);
      }
    }
  }
  const bases = new Map(Object.entries(data.bases ?? {}));
  let longest = 1;
  for (const one of [...words, ...means.keys(), ...stop, ...readings.keys()]) longest = Math.max(longest, one.length);
  const spelled = new Map();
  for (const [reading, some] of readings) {
    const letters = romaji(reading);
    if (letters.length > 2) spelled.set(letters, [...(spelled.get(letters) ?? []), ...some]);
  }
  return { words, all, readings, means, official, bases, stop, spelled, longest: Math.min(longest, 24), divided: readings.size > 0 };
}

const RUN = /[a-z0-9\u00c0-\u024f]+(?:[&+/.'’@-]+[a-z0-9\u00c0-\u024f]+)*/y;

/** Every way to read a stretch that starts at a place: {end, kind, text, score}. */
function* ways(text, at, lexicon) {
  RUN.lastIndex = at;
  const run = RUN.exec(text);
  if (run) {
    yield { end: at + run[0].length, kind: "run", text: run[0], score: run[0].length ** 2 };
    return;
  }
  const most = Math.min(text.length, at + lexicon.longest);
  for (let end = at + 1; end <= most; end += 1) {
    const part = text.slice(at, end);
    const size = part.length;
    if (lexicon.means.has(part)) yield { end, kind: "word", text: part, score: size ** 2 + size };
    if (lexicon.stop.has(part)) yield { end, kind: "stop", text: part, score: size ** 2 - 0.4 };
    else if (lexicon.words.has(part)) yield { end, kind: "word", text: part, score: size ** 2 - (size === 1 ? 0.5 : 0) };
    const read = size > 2 || (size === 2 && text.length === 2) ? lexicon.readings.get(hiragana(part)) : undefined;
    if (read) yield { end, kind: "read", text: part, words: read, score: size ** 2 * 0.75 };
  }
  yield { end: at + 1, kind: "unknown", text: text[at], score: -2 };
}

/** The best way to cut a text that has no spaces. */
export function cut(text, lexicon) {
  const best = [{ score: 0 }];
  for (let at = 0; at < text.length; at += 1) {
    if (!best[at]) continue;
    for (const way of ways(text, at, lexicon)) {
      const score = best[at].score + way.score;
      if (!best[way.end] || best[way.end].score < score) best[way.end] = { score, from: at, way };
    }
  }
  const found = [];
  for (let at = text.length; at > 0; at = best[at].from) found.unshift(best[at].way);
  // Letters that mean nothing one by one may mean something together; so may a single kana beside them, which is a
  // word of the index by chance only.
  const vague = (one) => one?.kind === "unknown" || (one?.kind === "word" && /^[ぁ-ゖァ-ヺー]$/.test(one.text));
  return found.reduce((all, one) => {
    const last = all.at(-1);
    const joins = vague(one) && vague(last) && [last, one].some(({ kind }) => kind === "unknown");
    if (joins) Object.assign(last, { kind: "unknown", text: last.text + one.text });
    else all.push({ ...one });
    return all;
  }, []);
}

/** Whether two words differ by at most so many slips: a letter too many, missing, another, or two exchanged. */
export function near(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return false;
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return false;
    before = row;
    row = next;
  }
  return row[b.length] <= most;
}

/** Words of the lexicon that a word may be a slip of, nearest in length first; at most three. */
export function slips(word, lexicon) {
  const most = word.length > 7 ? 2 : 1;
  if (word.length < 4 || /^[\d/.-]+$/.test(word)) return [];
  const found = [];
  for (const one of lexicon.words) {
    if (one.length > 3 && near(word, one, most)) found.push(one);
  }
  const first = (one) => (one[0] === word[0] ? 0 : 1);
  return found.sort((a, b) => first(a) - first(b) || Math.abs(a.length - word.length) - Math.abs(b.length - word.length)).slice(0, 3);
}

/** A sum in yen as texts write it: 30000000 → 30million, 3000万. */
function sums(text) {
  const number = Number(/^\d{5,12}/.exec(text)?.[0] ?? 0);
  const found = [];
  if (number >= 1e8 && number % 1e8 === 0) found.push(`${number / 1e8}億`);
  if (number >= 1e4 && number % 1e4 === 0) found.push(`${number / 1e4}万`);
  if (number >= 1e9 && number % 1e8 === 0) found.push(`${number / 1e9}billion`);
  if (number >= 1e6 && number % 1e5 === 0) found.push(`${number / 1e6}million`);
  return found;
}

/** The head of an English word that its other forms share; the engine finds whatever starts with it. */
export function stem(word) {
  if (word.length < 5 || !/^[a-z]+$/.test(word)) return word;
  const head = word.replace(/(?:ies|ied|ying|y)$/, "").replace(/(?:ations?|ings?|ers?|ors?|ed|es|e|s)$/, "");
  return head.length > 3 ? head : word;
}

/** Spellings and synonyms of one word: search text → weight. */
function variants(one, lexicon) {
  const found = new Map();
  const add = (text, weight) => found.set(text, Math.max(weight, found.get(text) ?? 0));
  // The engine would find whatever starts like a word that it does not know.
  const known = (word) => (lexicon.divided && !lexicon.words.has(word) ? spread(word, lexicon) : word);
  const means = (word, weight) => {
    for (const [other, share] of lexicon.means.get(word) ?? []) add(known(other), share * weight);
  };
  const { text } = one;
  // One sign alone stands at the head of too many words.
  if (one.kind === "word" && text.length === 1) {
    add(text, 0.4);
    means(text, 1);
    return found;
  }
  if (one.kind === "read") {
    for (const word of one.words) {
      add(word, 0.9);
      means(word, 0.9);
    }
    if (lexicon.words.has(text)) add(text, 1);
    return found;
  }
  if (one.kind === "run") {
    // A word may be typed in part. Where none begins so, the engine would give whatever has the same head.
    // Where the text has spaces, the lexicon tells of plain words of four letters and more alone.
    const told = (head) => lexicon.divided || /^\p{L}{4,}$/u.test(head);
    const begins = (head) => !lexicon.all.size || !told(head) || [...lexicon.all].some((word) => word.startsWith(head));
    if (begins(text)) add(text, 1);
    means(text, 1);
    const root = stem(text);
    if (root !== text) {
      if (begins(root)) add(root, 0.9);
      means(root, 0.9);
    }
    const pieces = text.split(/[/&.-]+/);
    if (pieces.length > 1 && pieces.every((piece) => piece.length > 1 && /[a-z]/.test(piece))) add(pieces.join(" "), 0.7);
    for (const sum of sums(text)) add(sum, 0.9);
    // A telephone number without its lines.
    if (/^\d{7,}$/.test(text)) for (const word of lexicon.words) if (word.replaceAll("-", "") === text) add(word, 1);
    const spelled = lexicon.spelled.get(plainRomaji(text));
    if (spelled && text.length > 2) {
      for (const word of spelled) {
        add(word, 0.85);
        means(word, 0.8);
      }
    }
    if (lexicon.words.size && !lexicon.all.has(text) && !lexicon.means.has(text) && !spelled) {
      for (const word of slips(text, lexicon)) add(word, 0.75);
    }
    return found;
  }
  if (one.kind === "unknown") {
    for (const word of slips(text, lexicon)) add(word, 0.75);
    const read = slipsOfReading(text, lexicon);
    for (const word of read) add(word, 0.7);
    // The lexicon has every word of the index; for one that it has not the engine would give whatever starts alike.
    return found;
  }
  add(known(text), 1);
  const base = lexicon.bases.get(text);
  if (base) add(base, 0.9);
  means(text, 1);
  return found;
}

function slipsOfReading(text, lexicon) {
  const kana = hiragana(text);
  if (kana.length < 4 || !/^[ぁ-んー]+$/.test(kana)) return [];
  const found = [];
  for (const [reading, words] of lexicon.readings) {
    if (reading.length > 3 && near(kana, reading, kana.length > 6 ? 2 : 1)) found.push(...words);
  }
  return found.slice(0, 4);
}

/** A word of several words of the index, with spaces: the engine then wants all of them. */
function spread(text, lexicon) {
  const inner = cut(text, { ...lexicon, means: new Map() });
  return inner.filter((one) => one.kind !== "unknown" && one.kind !== "stop").map((one) => one.text).join(" ") || text;
}

/** Runs of letters that are Japanese in Latin letters, cut by readings: joseikin → 助成金. */
function spelledOut(text, lexicon) {
  const plain = plainRomaji(text);
  const best = [{ score: 0 }];
  for (let at = 0; at < plain.length; at += 1) {
    if (!best[at]) continue;
    for (let end = at + 2; end <= plain.length; end += 1) {
      const words = lexicon.spelled.get(plain.slice(at, end));
      if (!words) continue;
      const score = best[at].score + (end - at) ** 2;
      if (!best[end] || best[end].score < score) best[end] = { score, from: at, words };
    }
  }
  if (!best[plain.length]) return [];
  const found = [];
  for (let at = plain.length; at > 0; at = best[at].from) found.unshift(best[at].words);
  return found;
}

/** A query in the parts that stand apart in it, folded. */
export function typedParts(query) {
  return (
    fold(query)
      // A sum is one word, as in the texts: hayami/search/documents.py.
      .replace(/(\d) (million|billion)\b/g, "$1$2")
      .replace(/[^\p{L}\p{N}\p{M}&+/.'’@ー-]+/gu, " ")
      .split(" ")
      .filter(Boolean)
  );
}

/** A word in Latin letters that is long enough to tell a language. */
export const WORD = /^\p{Script=Latin}{4,}$/u;

/** Words in Latin letters that a lexicon does not have, nor any that begins so. */
export function strangers(query, lexicon) {
  const has = (head) => lexicon.all.has(head) || [...lexicon.all].some((word) => word.startsWith(head));
  return typedParts(query).filter(
    (part) =>
      WORD.test(part) &&
      !lexicon.stop.has(part) &&
      !lexicon.means.has(part) &&
      !has(stem(part)) &&
      !(lexicon.divided && spelledOut(part, lexicon).length),
  );
}

/**
 * A query as groups: each a word of it, with what to search for and how much that counts; nothing to search for where
 * no text has the word, or one like it.
 * @returns {{text: string, variants: [string, number][]}[]}
 */
export function plan(query, lexicon) {
  const parts = typedParts(query);
  const found = [];
  const said = [];
  // A phrase of the thesaurus may stand over several words.
  const joined = parts.join(" ");
  const phrases = new Map();
  if (!lexicon.divided) {
    for (const [phrase, to] of lexicon.means) {
      if (phrase.includes(" ") && ` ${joined} `.includes(` ${phrase} `)) phrases.set(phrase, to);
    }
  }
  for (const [phrase, to] of phrases) found.push({ text: phrase, variants: [...to].map(([text, weight]) => [text, weight * 1.2]) });
  for (const part of parts) {
    const pieces = lexicon.divided ? cut(part, lexicon) : [{ kind: lexicon.stop.has(part) ? "stop" : "run", text: part }];
    for (const one of pieces) {
      if (one.kind === "stop") {
        said.push(one);
        continue;
      }
      if (one.kind === "run" && lexicon.divided && /^[a-z'’\u00c0-\u024f-]{4,}$/.test(one.text) && !lexicon.words.has(one.text)) {
        const spelled = spelledOut(one.text, lexicon);
        if (spelled.length > 1) {
          for (const words of spelled) found.push({ text: one.text, variants: words.filter((word) => !lexicon.stop.has(word)).map((word) => [word, 0.85]) });
          continue;
        }
      }
      found.push({ text: one.text, variants: [...variants(one, lexicon)] });
    }
  }
  // A query of nothing but small words means them.
  if (!found.length) for (const one of said) found.push({ text: one.text, variants: [[one.text, 1]] });
  return merged(found);
}

/** The same word twice counts once. */
function merged(groups) {
  const byText = new Map();
  for (const one of groups) {
    const key = one.variants.map(([text]) => text).sort().join("|") || one.text;
    if (!byText.has(key)) byText.set(key, { ...one, variants: one.variants.sort((a, b) => b[1] - a[1]).slice(0, 8) });
  }
  return [...byText.values()].slice(0, 12);
}

const pairs = (text) => Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));

/**
 * Words of the lexicon that look like what was typed, for a query that finds nothing: they share pairs of letters,
 * counted by the size of both (Dice), or an ideograph.
 * @returns {string[]} the most alike first
 */
export function nearby(query, lexicon, most = 6) {
  const found = new Map();
  for (const typed of fold(query).split(/[^\p{L}\p{N}\p{M}]+/u)) {
    const letters = hiragana(typed);
    const mine = new Set(pairs(letters));
    const signs = new Set(typed.match(/\p{Script=Han}/gu));
    if (!mine.size && !signs.size) continue;
    for (const word of new Set([...lexicon.means.keys(), ...lexicon.words])) {
      if (word.length < 2 || lexicon.stop.has(word)) continue;
      const other = pairs(hiragana(word));
      const shared = other.filter((pair) => mine.has(pair)).length;
      const ideographs = [...word].filter((sign) => signs.has(sign)).length;
      const alike = (2 * shared) / (mine.size + other.length || 1) + ideographs / (signs.size + word.length);
      if (alike > 0.34) found.set(word, Math.max(alike, found.get(word) ?? 0));
    }
  }
  return [...found].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, most).map(([word]) => word);
}

/**
 * Records by how well they match.
 * @param {Map<string, number>[]} groups for each group: record → score of its best variant
 * @param {Map<string, number>} all record → score of the search for all words at once
 * @returns {{record: string, score: number, share: number}[]} best first
 */
export function fuse(groups, all = new Map()) {
  const sums = new Map();
  for (const one of groups) {
    for (const [record, score] of one) {
      const sum = sums.get(record) ?? { score: 0, met: 0 };
      sums.set(record, { score: sum.score + score, met: sum.met + 1 });
    }
  }
  const wanted = Math.max(groups.length, 1);
  return [...sums]
    .map(([record, { score, met }]) => ({
      record,
      share: met / wanted,
      score: score * (0.3 + (0.7 * met) / wanted) + (all.get(record) ?? 0),
    }))
    .sort((a, b) => b.score - a.score || (a.record < b.record ? -1 : 1));
}
