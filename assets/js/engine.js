/**
 * The search itself: fetches the engine and the lexicons when they are first needed, and answers queries with records.
 */

import { fold, fuse, hiragana, nearby, plan, prepare } from "./lib/query.js";

/** How much a word counts by where it stands: t names, k words that people use, f names in other languages. */
const WEIGHTS = { t: 6, k: 5, f: 3 };

/** Weight of spellings of a word itself, and of those that are surely it. */
const OWN = 0.85;
/** Records that meet all of a query, with which no synonym is needed. */
const ENOUGH = 5;

const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;

/**
 * Whether a word of a query may not be in the index: nothing is found for it, or more than a third of all records, as
 * the engine does for the head of a word that it does not know.
 */
async function anyUnknown(groups, { ask, results }) {
  const most = Object.keys(results).length / 3;
  const found = await Promise.all(groups.map(({ variants }) => Promise.all(variants.map(([text]) => ask(text)))));
  return found.some((some) => some.every((one) => !one.length) || some[0]?.length > most);
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
    this.engines = new Map();
  }

  /** The engine and the lexicon of a language. */
  engine(language) {
    if (!this.engines.has(language)) this.engines.set(language, this.#open(language));
    return this.engines.get(language);
  }

  async #open(language) {
    const [pagefind, data] = await Promise.all([
      // Each language has a module of its own: within one, the program of the second would take the place of the first.
      import(`${this.base}pagefind.js?${language}`),
      fetch(`${this.base}lexicon.${language}.json`).then((got) => got.json()),
    ]);
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
    const ask = (text) => {
      if (!asked.has(text)) asked.set(text, engine.search(text).then((found) => found.results));
      return asked.get(text);
    };
    return { ask, results: data.results, lexicon: prepare(data), data };
  }

  /** Records for the groups of a query, by their variants of at least some weight: {record, score, share}. */
  async #scored({ ask, results }, groups, least) {
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
    const engine = await this.engine(language);
    let groups = plan(query, engine.lexicon);
    // Synonyms stand in other files of the index; they are asked where the words themselves say too little.
    let found = await this.#scored(engine, groups, OWN);
    const enough = () => found.filter((one) => one.share === 1).length >= ENOUGH;
    if (!engine.data.words && (!enough() || found.length > Object.keys(engine.results).length / 3)) {
      // A word that the index does not have may be a slip of one that it has; only then the words are fetched.
      if (await anyUnknown(groups, engine)) {
        Object.assign(engine.data, await fetch(`${this.base}words.${language}.json`).then((got) => got.json()));
        engine.lexicon = prepare(engine.data);
        groups = plan(query, engine.lexicon);
        found = await this.#scored(engine, groups, OWN);
      }
    }
    if (!enough()) found = await this.#scored(engine, groups, 0);
    return found.map((one) => ({ ...one, language }));
  }

  /** Fetches what the first query needs, before it is finished. */
  async warm() {
    await this.engine(this.own);
  }

  /** The language whose index a query asks first: Japanese letters the Japanese one, whatever the page. */
  #home(query) {
    const divided = Object.keys(this.languages).find((code) => this.languages[code] === "und");
    return (JAPANESE.test(query) && divided) || this.own;
  }

  /** Words like those of a query that found nothing. */
  async near(query) {
    const { lexicon } = await this.engine(this.#home(query));
    return nearby(query, lexicon);
  }

  /** Everyday words of a query, each with the official word that was searched for as well. */
  async meanings(query) {
    const { lexicon } = await this.engine(this.#home(query));
    return plan(query, lexicon)
      .filter(({ text }) => lexicon.official.has(text))
      .map(({ text }) => [text, lexicon.official.get(text)]);
  }

  /** For each word of a query what a text may hold that shows why it was found, folded. */
  async told(query, language = this.#home(query)) {
    const { lexicon } = await this.engine(language);
    const groups = plan(query, lexicon).map(({ text, variants }) => [text, ...variants.map(([one]) => one)]);
    return groups.map((words) => words.filter((one) => one.length > 1)).filter((words) => words.length);
  }

  /**
   * Records for a query, best first. Japanese letters ask the Japanese index, whatever the language of the page;
   * Latin letters ask that of the page, and the others where it does not know all of the words.
   */
  async find(query) {
    const home = this.#home(query);
    const others = Object.keys(this.languages).filter((code) => code !== home);
    const asked = JAPANESE.test(query) && this.languages[home] === "und" ? [home] : [home, ...others];
    let found = await this.#within(asked[0], query);
    for (const language of asked.slice(1)) {
      if (found[0]?.share === 1) break;
      const other = await this.#within(language, query);
      if (!other.length) continue;
      const byRecord = new Map(found.map((one) => [one.record, one]));
      for (const one of other) {
        const known = byRecord.get(one.record);
        if (!known || known.share < one.share || (known.share === one.share && known.score < one.score)) byRecord.set(one.record, one);
      }
      found = [...byRecord.values()].sort((a, b) => b.share * b.score - a.share * a.score || (a.record < b.record ? -1 : 1));
    }
    return found;
  }
}

export { fold, hiragana };
