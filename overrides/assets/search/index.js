// What is found: the manifest, the facets and Pagefind's bundles, asked so that an answer is exact or an error.

import { token } from "../words.js";

/** The names of the scopes, in the order in which they are shown. */
export const SCOPES = ["documents", "corrected", "editors"];

/** What there is to search below `base`, a URL that ends with a slash. Rejects if it cannot be read. */
export async function openIndex(base) {
  const folder = new URL("search/", base);
  const manifest = await read(new URL("manifest.json", folder), { cache: "no-cache" });
  const versioned = (path) => new URL(`${path}?v=${manifest.version}`, folder);
  const [facets, variants] = await Promise.all([read(versioned("facets.json")), read(versioned("variants.json"))]);
  return new Index(folder, manifest, facets, variants, versioned);
}

async function read(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url.pathname} answers ${response.status}`);
  return response.json();
}

/** A part with the number of the record that each of Pagefind's result ids stands for. */
function readPart({ path, ids, steps }) {
  const numbers = numbersOf(steps);
  return { path, numbers: new Map(ids.map((id, place) => [id, numbers[place]])) };
}

/** Numbers in order, of which each is given as a step from the one before it, from -1 on. */
function numbersOf(steps) {
  let number = -1;
  return steps.map((step) => (number += step));
}

class Index {
  #folder;
  #versioned;
  #parts;
  #engine = null;
  #holding = new Map();
  #records = new Map();
  #tables;
  #days = new Map();

  constructor(folder, manifest, facets, variants, versioned) {
    this.#folder = folder;
    this.#versioned = versioned;
    this.scopes = manifest.scopes;
    this.facetNames = manifest.facets;
    this.#tables = facets;
    this.variants = variants;
    this.enginePath = manifest.engine;
    this.#parts = new Map(Object.entries(manifest.scopes).map(([scope, { parts }]) => [scope, parts.map(readPart)]));
  }

  /** How many records a scope has. */
  size(scope) {
    return this.scopes[scope]?.records ?? 0;
  }

  /** The numbers of all records of a scope, which stand in the order of time. */
  all(scope) {
    return new Set(Array(this.size(scope)).keys());
  }

  /** The values of a facet. */
  values(scope, facet) {
    return Object.keys(this.#tables[scope]?.facets[facet] ?? {});
  }

  /** The numbers of the records that have any of these values of a facet. */
  having(scope, facet, values) {
    const table = this.#tables[scope]?.facets[facet] ?? {};
    const some = [...values].filter((value) => Object.hasOwn(table, value)).map((value) => {
      if (!(table[value] instanceof Set)) table[value] = new Set(numbersOf(table[value]));
      return table[value];
    });
    return some.length === 1 ? some[0] : new Set(some.flatMap((numbers) => [...numbers]));
  }

  /** The first and last day on which a record may have been written, ISO 8601; undefined for an undated one. */
  days(scope, number) {
    if (!this.#days.has(scope)) {
      const { days = [], until = {} } = this.#tables[scope] ?? {};
      const all = days.flatMap(([first, count]) => Array.from({ length: count }, () => ({ first, last: first })));
      for (const [at, last] of Object.entries(until)) all[at] = { ...all[at], last };
      this.#days.set(scope, all);
    }
    return this.#days.get(scope)[number];
  }

  /** How many passages are withheld in how many of these records. */
  withheld(scope, members) {
    const counts = Object.entries(this.#tables[scope]?.withheld ?? {}).filter(([number]) => members.has(Number(number)));
    return { passages: counts.reduce((sum, [, count]) => sum + count, 0), documents: counts.length };
  }

  /** A record as it is shown. */
  record(scope, number) {
    const path = `records/${scope}/${number}.json`;
    if (!this.#records.has(path)) this.#keep(this.#records, path, read(this.#versioned(path)));
    return this.#records.get(path);
  }

  /** The numbers of the records of a scope that answer a query; of one that asks for nothing, all. */
  async answers(scope, query) {
    let members = this.all(scope);
    const found = (terms) => Promise.all(terms.map((term) => this.#having(scope, term)));
    for (const either of await Promise.all(query.wanted.map(found))) {
      const some = new Set(either.flatMap((numbers) => [...numbers]));
      members = new Set([...members].filter((number) => some.has(number)));
    }
    for (const without of await found(query.unwanted)) {
      members = new Set([...members].filter((number) => !without.has(number)));
    }
    return members;
  }

  /** Number → how well it answers, by Pagefind's measure. It says nothing of membership: it may know others, or fewer. */
  async scores(scope, query) {
    const scores = new Map();
    const terms = query.wanted.flat();
    const words = terms.map((term) => (term.code === null ? term.forms[0].map(token).join(" ") : token(term.code)));
    for (const ranked of await Promise.all(words.map((each) => this.#ask(scope, each)))) {
      for (const [number, score] of ranked) scores.set(number, (scores.get(number) ?? 0) + score);
    }
    return scores;
  }

  #having(scope, term) {
    const phrases = term.code === null ? term.forms.map((form) => form.map(token).join(" ")) : [token(term.code)];
    const key = `${scope} ${phrases.join("|")}`;
    if (!this.#holding.has(key)) {
      const asked = Promise.all(phrases.map((phrase) => this.#ask(scope, `"${phrase}"`)));
      this.#keep(this.#holding, key, asked.then((lists) => new Set(lists.flat().map(([number]) => number))));
    }
    return this.#holding.get(key);
  }

  /** Remembers what was promised, unless it fails: then it may be asked again. */
  #keep(memory, key, promise) {
    memory.set(key, promise);
    promise.catch(() => memory.delete(key));
  }

  async #ask(scope, words) {
    const parts = this.#parts.get(scope) ?? [];
    if (!parts.length) return [];
    const engine = await this.#start();
    const answers = parts.map(async ({ path, numbers }) => {
      const { results } = await engine.pagefind.search(words, { filters: { part: path } });
      if (results.some(({ id }) => !numbers.has(id))) throw new Error(`${path} is of another build`);
      return results.map(({ id, score }) => [numbers.get(id), score]);
    });
    const found = (await Promise.all(answers)).flat();
    if (engine.lost) {
      // What it did load stays with it, and so does the hole: the next question gets another.
      if (this.#engine?.made === engine) this.#engine = null;
      this.#holding.clear();
      throw engine.lost;
    }
    return found;
  }

  #start() {
    if (!this.#engine) {
      const starting = this.#load();
      this.#engine = starting;
      starting.then((engine) => { starting.made = engine; }, () => { this.#engine = null; });
    }
    return this.#engine;
  }

  /**
   * Pagefind with all bundles, told apart by a filter that each is given. It answers as if nothing stood in a file
   * that did not arrive, so what it fetches is watched: it runs in the page, where that can be done, and is quick
   * enough there.
   */
  async #load() {
    const engine = { lost: null, pagefind: null };
    watch(this.#folder, (error) => { engine.lost = error; });
    const { createInstance } = await import(new URL(`${this.enginePath}pagefind.js`, this.#folder).href);
    const at = (path) => new URL(path, this.#folder).pathname;
    const options = (path) => ({ mergeFilter: { part: path } });
    engine.pagefind = createInstance({ basePath: at(this.enginePath), noWorker: true, ...options(this.enginePath) });
    await engine.pagefind.init();
    for (const { path } of [...this.#parts.values()].flat()) {
      if (path !== this.enginePath) await engine.pagefind.mergeIndex(at(path), options(path));
    }
    if (engine.lost) throw engine.lost;
    return engine;
  }
}

const plainFetch = globalThis.fetch.bind(globalThis);

/** Calls `report` with the error whenever something below `folder` is fetched and does not arrive. */
function watch(folder, report) {
  globalThis.fetch = async (input, options) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI);
    try {
      const response = await plainFetch(input, options);
      if (!response.ok && url.href.startsWith(folder.href)) report(new Error(`${url.pathname} answers ${response.status}`));
      return response;
    } catch (error) {
      if (url.href.startsWith(folder.href)) report(error);
      throw error;
    }
  };
}
