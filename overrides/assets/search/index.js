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
  #engine = new Engine();
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
    const every = [...this.#parts.values()].flat().map(({ path }) => path);
    const bundles = [this.enginePath, ...every.filter((path) => path !== this.enginePath)];
    const paths = parts.map(({ path }) => path);
    const found = await this.#engine.ask({ folder: this.#folder.href, bundles, paths, words });
    return found.flatMap((results, place) => {
      const { path, numbers } = parts[place];
      if (results.some(([id]) => !numbers.has(id))) throw new Error(`${path} is of another build`);
      return results.map(([id, score]) => [numbers.get(id), score]);
    });
  }
}

/** The worker that has Pagefind, made when it is first asked. */
class Engine {
  #worker = null;
  #turn = 0;
  #waiting = new Map();

  ask(question) {
    this.#turn += 1;
    const turn = this.#turn;
    return new Promise((resolve, reject) => {
      this.#waiting.set(turn, { resolve, reject });
      this.#start().postMessage({ turn, ...question });
    });
  }

  #start() {
    if (!this.#worker) {
      this.#worker = new Worker(new URL("engine.js", import.meta.url), { type: "module" });
      this.#worker.addEventListener("message", ({ data: { turn, found, error } }) => {
        const { resolve, reject } = this.#waiting.get(turn);
        this.#waiting.delete(turn);
        if (error === undefined) resolve(found);
        else reject(new Error(error));
      });
      this.#worker.addEventListener("error", (event) => {
        for (const { reject } of this.#waiting.values()) reject(new Error(event.message || "the search’s program did not load"));
        this.#waiting.clear();
        this.#worker = null;
      });
    }
    return this.#worker;
  }
}
