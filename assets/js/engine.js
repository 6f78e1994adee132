/**
 * The search itself: fetches the engine and the lexicons when they are first needed, and answers queries with records.
 */

import { fold, fuse, hiragana, nearby, plan, prepare } from "./lib/query.js";

/** How much a word counts by where it stands: t names, k words that people use, f names in other languages. */
const WEIGHTS = { t: 6, k: 5, f: 3 };

const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;

/** Whether a word of a query is found nowhere as it was typed. */
async function anyMisses(groups, ask) {
  const found = await Promise.all(groups.map(({ variants }) => Promise.all(variants.map(([text]) => ask(text)))));
  return found.some((some) => some.every((results) => results.length === 0));
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
      import(`${this.base}pagefind.js`),
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
      excerptLength: 24,
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

  /** Records for a query in one language: {record, score, share, language, found}. */
  async #within(language, query) {
    const engine = await this.engine(language);
    const { ask, results } = engine;
    const groups = plan(query, engine.lexicon);
    // A word that finds nothing may be a slip of one that does; only then the words are fetched.
    if (!engine.data.words && (await anyMisses(groups, ask))) {
      engine.data.words = await fetch(`${this.base}words.${language}.json`).then((got) => got.json());
      engine.lexicon = prepare(engine.data);
      groups.splice(0, groups.length, ...plan(query, engine.lexicon));
    }
    const sources = new Map();
    const scored = await Promise.all(
      groups.map(async (group) => {
        const best = new Map();
        await Promise.all(
          group.variants.map(async ([text, weight]) => {
            for (const one of await ask(text)) {
              const record = results[one.id];
              const score = Math.sqrt(one.score) * weight;
              if (score > (best.get(record) ?? 0)) {
                best.set(record, score);
                if (score > (sources.get(record)?.score ?? 0)) sources.set(record, { score, one });
              }
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
        sources.set(results[one.id], { score: Infinity, one });
      }
    }
    return fuse(scored, all).map((one) => ({ ...one, language, found: sources.get(one.record)?.one }));
  }

  /** Fetches what the first query needs, before it is finished. */
  async warm() {
    await this.engine(this.own);
  }

  /** Words like those of a query that found nothing. */
  async near(query) {
    const divided = Object.keys(this.languages).find((code) => this.languages[code] === "und");
    const { lexicon } = await this.engine((JAPANESE.test(query) && divided) || this.own);
    return nearby(query, lexicon);
  }

  /** Everyday words of a query, each with the official word that was searched for as well. */
  async meanings(query) {
    const { lexicon } = await this.engine(this.own);
    return plan(query, lexicon)
      .filter(({ text }) => lexicon.official.has(text))
      .map(({ text }) => [text, lexicon.official.get(text)]);
  }

  /** Words that a text may hold to show why it was found: those of a query, folded. */
  async told(query) {
    const { lexicon } = await this.engine(this.own);
    return plan(query, lexicon).flatMap(({ text, variants }) => [text, ...variants.map(([one]) => one)]).filter((one) => one.length > 1);
  }

  /**
   * Records for a query, best first. Japanese letters ask the Japanese index, whatever the language of the page;
   * Latin letters ask that of the page, and the others where it does not know all of the words.
   */
  async find(query) {
    const codes = Object.keys(this.languages);
    const divided = codes.find((code) => this.languages[code] === "und");
    const asked = JAPANESE.test(query) && divided ? [divided] : [this.own, ...codes.filter((code) => code !== this.own)];
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
