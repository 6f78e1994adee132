/**
 * The search itself: fetches the engine and the lexicons when they are first needed, and answers queries with records.
 */

import { fold, fuse, hiragana, looksSpelled, looksSpelledSoFar, nearby, plan, prepare, strangers, typedParts, WORD } from "./lib/query.js";

/** How much a word counts by where it stands: t names, k words that people use, f names in other languages. */
const WEIGHTS = { t: 6, k: 5, f: 3 };

/** Weight of spellings of a word itself, and of those that are surely it. */
const OWN = 0.85;
/** Records that meet all of a query, with which no synonym is needed. */
const ENOUGH = 5;

/** The same as JAPANESE of the build (hayami/search/words.py). */
const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;

/**
 * Whether a word of a query may not be in the index: nothing is found for it, or more than a third of all records, as
 * the engine does for the head of a word that it does not know.
 */
async function anyUnknown(groups, ask, most) {
  const found = await Promise.all(groups.map(({ variants }) => Promise.all(variants.map(([text]) => ask(text)))));
  return found.some((some) => some.every((one) => !one.length) || some[0]?.length > most);
}

/** What was begun for a key; where it failed, as without a network, it is begun again. */
function once(begun, key, begin) {
  if (!begun.has(key)) {
    begun.set(key, begin());
    begun.get(key).catch(() => begun.delete(key));
  }
  return begun.get(key);
}

/**
 * Calls back where a part of the index could not be had: the engine tells it on the console alone, and finds nothing.
 * It asks the fetch of the page, and gives no other way to know.
 */
function watch(folder, lost) {
  const fetched = globalThis.fetch;
  globalThis.fetch = async (address, ...rest) => {
    const isPart = String(address).includes(folder);
    try {
      const got = await fetched(address, ...rest);
      if (isPart && !got.ok) lost(new Error(`${got.status} ${address}`));
      return got;
    } catch (problem) {
      if (isPart) lost(problem);
      throw problem;
    }
  };
}

export class Search {
  /**
   * @param {string} base address of the folder of the index
   * @param {Record<string, string>} languages language of the site → language of its index
   * @param {string} own language of the page
   */
  constructor(base, languages, own) {
    this.base = base;
    this.languages = languages;
    this.own = own;
    /** The language whose text was cut into words by the build: Japanese. */
    this.divided = Object.keys(languages).find((code) => languages[code] === "und");
    this.tongues = new Map();
    this.words = new Map();
    this.engines = new Map();
    this.tries = 0;
    /** Parts of an index that could not be had. */
    this.lost = [];
    watch(new URL(`${base}index/`, location).pathname, (problem) => this.lost.push(problem));
  }

  #fetched = (name) => fetch(`${this.base}${name}`).then((got) => got.json());

  /** What is known of a language without its index: {data, lexicon}; small beside the engine. */
  tongue(language) {
    return once(this.tongues, language, async () => {
      const data = await this.#fetched(`lexicon.${language}.json`);
      return { data, lexicon: prepare(data) };
    });
  }

  /** The same with the words of names and aliases, which are only needed where a word may be a slip of one. */
  async #worded(language) {
    const tongue = await this.tongue(language);
    if (!tongue.lexicon.words.size) {
      const words = await once(this.words, language, () => this.#fetched(`words.${language}.json`));
      const data = { ...tongue.data, ...words };
      if (!tongue.lexicon.words.size) tongue.lexicon = prepare(data);
    }
    return tongue;
  }

  /** The engine of a language: asks it one text. */
  engine(language) {
    return once(this.engines, language, () => this.#open(language));
  }

  async #open(language) {
    // Each language has a module of its own: within one, the program of the second would take the place of the first.
    // Browsers and the engine remember what could not be had; another try needs another name.
    const pagefind = await import(`${this.base}pagefind.js?${language}${this.tries || ""}`);
    // The engine takes its language from the page, at the moment it is made.
    const root = document.documentElement;
    const { lang } = root;
    root.lang = this.languages[language];
    const engine = pagefind.createInstance({
      basePath: this.base,
      baseUrl: "/",
      noWorker: true,
      ranking: { metaWeights: { ...WEIGHTS } },
    });
    root.lang = lang;
    await engine.init();
    const asked = new Map();
    const before = this.lost.length;
    return (text) =>
      once(asked, text, async () => {
        try {
          const { results } = await engine.search(text);
          // All that ask this engine hear of it, also those that ask later.
          if (this.lost.length > before) throw this.lost.at(-1);
          return results;
        } catch (problem) {
          // What it could not have, it does not ask for again.
          this.tries += 1;
          this.engines.delete(language);
          throw problem;
        }
      });
  }

  /** Records for the groups of a query, by their variants of at least some weight: {record, score, share}. */
  async #scored(ask, results, groups, least) {
    const scored = await Promise.all(
      groups.map(async (group) => {
        const best = new Map();
        const asked = group.variants.filter(([, weight]) => weight >= least);
        await Promise.all(
          asked.map(async ([text, weight]) => {
            for (const one of await ask(text)) {
              const record = results[one.id];
              const score = Math.sqrt(one.score) * weight;
              if (score > (best.get(record) ?? 0)) best.set(record, score);
            }
          }),
        );
        return best;
      }),
    );
    const all = new Map();
    if (groups.length > 1 && groups.every((group) => group.variants.length)) {
      for (const one of await ask(groups.map((group) => group.variants[0][0]).join(" "))) {
        all.set(results[one.id], Math.sqrt(one.score));
      }
    }
    return fuse(scored, all);
  }

  /** Records for a query in one language: {record, score, share, language}. */
  async #within(language, query) {
    const tongue = await this.tongue(language);
    const { results } = tongue.data;
    // A lexicon that has every word of the index tells without it that there is nothing to find.
    if (tongue.lexicon.divided && plan(query, tongue.lexicon).every(({ variants }) => !variants.length)) return [];
    const ask = await this.engine(language);
    const many = Object.keys(results).length / 3;
    const worded = () => tongue.lexicon.words.size > 0;
    // What was typed now and was not yet known to stand in the index, word for word (in quotation marks).
    const ascertain = async (groups) => {
      const unknown = groups.map(({ text }) => text).filter((text) => !tongue.lexicon.all.has(text));
      const found = await Promise.all(unknown.map((text) => ask(`"${text}"`)));
      unknown.forEach((text, at) => found[at].length && tongue.lexicon.all.add(text));
    };
    let groups = plan(query, tongue.lexicon);
    if (!tongue.lexicon.divided && worded()) {
      await ascertain(groups);
      groups = plan(query, tongue.lexicon);
    }
    // Synonyms stand in other files of the index; they are asked where the words themselves say too little.
    let found = await this.#scored(ask, results, groups, OWN);
    const enough = () => found.filter((one) => one.share === 1).length >= ENOUGH;
    // A word that the index does not have may be a slip of one that it has; only then the words are fetched.
    if (!worded() && (!enough() || found.length > many) && (await anyUnknown(groups, ask, many))) {
      await this.#worded(language);
      await ascertain(groups);
      groups = plan(query, tongue.lexicon);
      found = await this.#scored(ask, results, groups, OWN);
    }
    if (!enough()) found = await this.#scored(ask, results, groups, 0);
    return found.map((one) => ({ ...one, language }));
  }

  /** Fetches what a query needs, while it is being typed: nothing large before its letters tell which index it asks. */
  async warm(query) {
    await this.tongue(this.own);
    if (JAPANESE.test(query)) await this.engine(this.#home(query));
    else if (this.own !== this.divided && !looksSpelledSoFar(query)) await this.engine(this.own);
  }

  /** The language of a query by its letters: Japanese letters are Japanese, whatever the page. */
  #home(query) {
    return (JAPANESE.test(query) && this.divided) || this.own;
  }

  /**
   * The languages whose indexes a query asks, in this order, until one has all of its words. An index is large: that
   * of the other language is asked where the words are in it, as far as that can be told before.
   */
  async #order(query) {
    if (JAPANESE.test(query) && this.divided) return [this.divided];
    const others = Object.keys(this.languages).filter((code) => code !== this.own);
    if (!this.divided) return [this.own, ...others];
    const spaced = others.filter((code) => code !== this.divided);
    const { lexicon } = await this.tongue(this.own);
    if (this.own === this.divided) {
      if (!/\p{Script=Latin}/u.test(query)) return [this.own];
      const strange = strangers(query, lexicon);
      // English names stand in the Japanese index as well; only words that may be Japanese are a reason to ask it, too.
      const known = typedParts(query).some((part) => WORD.test(part) && looksSpelled(part) && !strange.includes(part));
      if (strange.length) return known ? [...spaced, this.own] : spaced;
      return [this.own];
    }
    const said = typedParts(query).filter((part) => !lexicon.stop.has(part));
    if (said.every(looksSpelled) && (await this.#spelled(query)).length) return [this.divided, this.own, ...spaced];
    return [this.own, ...spaced];
  }

  /** Words of a query that are not of the page's language and may be Japanese in Latin letters. */
  async #spelled(query) {
    const { lexicon } = await this.#worded(this.own);
    return strangers(query, lexicon).filter(looksSpelled);
  }

  /** Whether half of a query, asked in the page's language, may be Japanese in Latin letters: ``setsubi grant``. */
  async #isMixed(query) {
    if (!this.divided || this.own === this.divided || JAPANESE.test(query)) return false;
    const { lexicon } = await this.tongue(this.own);
    const said = typedParts(query).filter((part) => !lexicon.stop.has(part));
    if (2 * said.filter(looksSpelled).length < said.length) return false;
    return 2 * (await this.#spelled(query)).length >= said.length;
  }

  /** Words like those of a query that found nothing. */
  async near(query) {
    const { lexicon } = await this.tongue(this.#home(query));
    return nearby(query, lexicon);
  }

  /** Everyday words of a query, each with the official word that was searched for as well. */
  async meanings(query) {
    const { lexicon } = await this.tongue(this.#home(query));
    return plan(query, lexicon)
      .filter(({ text }) => lexicon.official.has(text))
      .map(({ text }) => [text, lexicon.official.get(text)]);
  }

  /** For each word of a query what a text may hold that shows why it was found, folded. */
  async told(query, language = this.#home(query)) {
    const { lexicon } = await this.tongue(language);
    const groups = plan(query, lexicon).map(({ text, variants }) => [text, ...variants.map(([one]) => one)]);
    return groups.map((words) => words.filter((one) => one.length > 1)).filter((words) => words.length);
  }

  /** Records for a query, best first: {record, score, share, language}. */
  async find(query) {
    const order = await this.#order(query);
    let found = [];
    for (const language of order) {
      if (found[0]?.share === 1) break;
      const other = await this.#within(language, query);
      found = found.length ? merged(found, other) : other;
    }
    // What is nowhere where it was looked for may still be elsewhere.
    const others = [this.own, ...Object.keys(this.languages)].filter((code) => code !== this.divided || this.own === code);
    for (const language of JAPANESE.test(query) ? [] : others) {
      if (!found.length && !order.includes(language)) found = await this.#within(language, query);
    }
    if (found[0]?.share !== 1 && !order.includes(this.divided) && (await this.#isMixed(query))) {
      found = merged(found, await this.#within(this.divided, query));
    }
    // Where no record has all of the words, how many it has says more; Japanese is cut into too small ones for that.
    return found[0]?.share === 1 || JAPANESE.test(query) ? found : found.sort(byShare);
  }
}

const byShare = (a, b) => b.share * b.score - a.share * a.score || (a.record < b.record ? -1 : 1);

/** The records of two languages, each with the better of its two scores, best first. */
function merged(some, others) {
  const byRecord = new Map(some.map((one) => [one.record, one]));
  for (const one of others) {
    const known = byRecord.get(one.record);
    if (!known || known.share < one.share || (known.share === one.share && known.score < one.score)) byRecord.set(one.record, one);
  }
  return [...byRecord.values()].sort(byShare);
}

export { fold, hiragana, looksSpelledSoFar };
