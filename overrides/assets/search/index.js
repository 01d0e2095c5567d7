// What is found: the manifest, tables, and Pagefind's bundles, asked so that an answer is exact or an error.

import { found, token } from "../words.js";
import { Engine } from "./asking.js";
import { Shown } from "./shown.js";
import { Tables } from "./tables.js";

/** The names of the scopes, in the order in which they are shown. */
export const SCOPES = ["documents", "corrected", "editors"];

/** What there is to search below `base`, a URL that ends with a slash. Rejects if it cannot be read. */
export async function openIndex(base) {
  const folder = new URL("search/", base);
  const manifest = await (await fetched(new URL("manifest.json", folder), { cache: "no-cache" })).json();
  return new Index(folder, manifest);
}

async function fetched(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url.pathname} answers ${response.status}`);
  return response;
}

async function unpacked(response) {
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
}

/** Parts, each with the number `from` which its records are counted. */
function counted(parts) {
  let next = 0;
  return parts.map((part) => {
    const from = next;
    next += part.records;
    return { ...part, from };
  });
}

class Index {
  #folder;
  #manifest;
  #parts;
  #engine = new Engine();
  #remembered = new Map();

  constructor(folder, manifest) {
    this.#folder = folder;
    this.#manifest = manifest;
    this.facetNames = manifest.facets;
    this.tables = new Tables((name) => this.#read(manifest.tables[name]), manifest.scopes);
    this.#parts = new Map(Object.entries(manifest.scopes).map(([scope, { parts }]) => [scope, counted(parts)]));
  }

  /** How many records a scope has. */
  size(scope) {
    return this.#manifest.scopes[scope]?.records ?? 0;
  }

  /** The numbers of all records of a scope. */
  all(scope) {
    return new Set(Array(this.size(scope)).keys());
  }

  /** A promise of the groups of names that mean the same. */
  variants() {
    return this.#read(this.#manifest.tables.variants);
  }

  /** A promise of a record as it is shown, with its first lines. */
  async record(scope, number) {
    const { path, from, names: called } = this.#parts.get(scope).findLast((part) => part.from <= number);
    const { names: many } = this.#manifest;
    const place = number - from;
    const names = await this.#read(`records/${path}${called}-${Math.floor(place / many)}.json`);
    const file = (piece) => `records/${path}${names[place % many]}.${piece}.passages`;
    return this.#once(`record ${file(0)}`, async () => {
      const first = await this.#read(file(0), unpacked);
      return new Shown(first, (piece) => this.#read(file(piece), unpacked));
    });
  }

  /** The numbers of the records of a scope that answer a query; of one that asks for nothing, all. */
  async answers(scope, query) {
    let members = this.all(scope);
    const having = (terms) => Promise.all(terms.map((term) => this.#having(scope, term)));
    for (const either of await Promise.all(query.wanted.map(having))) {
      const some = union(either);
      members = new Set([...members].filter((number) => some.has(number)));
    }
    const without = union(await having(query.unwanted));
    return new Set([...members].filter((number) => !without.has(number)));
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
    if (term.code !== null) return this.#holding(scope, [term.code]);
    return Promise.all(term.forms.map((form) => this.#standing(scope, form, term))).then(union);
  }

  /** The numbers of the records in which these words stand one after the other. */
  async #standing(scope, words, term) {
    const certain = await this.#holding(scope, words);
    const most = this.#manifest.reach + 1;
    if (words.length <= most) return certain;
    // Joined words stand in the index in stretches, and a long phrase may run out of one: then the record itself says.
    const pieces = [];
    for (let at = 0; at < words.length; at += most) pieces.push(words.slice(Math.min(at, words.length - most)).slice(0, most));
    const each = await Promise.all(pieces.map((piece) => this.#holding(scope, piece)));
    const possible = [...each[0]].filter((number) => !certain.has(number) && each.every((some) => some.has(number)));
    const proved = await Promise.all(possible.map((number) => this.#shows(scope, number, term)));
    return new Set([...certain, ...possible.filter((_, place) => proved[place])]);
  }

  /** Whether a term stands in a record, by its own words. */
  async #shows(scope, number, term) {
    const record = await this.record(scope, number);
    while (!record.whole) await record.more();
    const query = { wanted: [[term]], unwanted: [] };
    return record.texts.some(({ lines }) => found(query, lines.map(([, words]) => words).join("\n")).length);
  }

  /** The numbers of the records in whose index these words, or a code, stand one after the other. */
  #holding(scope, words) {
    const phrase = words.map(token).join(" ");
    return this.#once(`${scope} ${phrase}`, async () => (
      new Set((await this.#ask(scope, `"${phrase}"`)).map(([number]) => number))));
  }

  /** The same promise for the same key, unless it failed: then it is made again. */
  #once(key, make) {
    if (!this.#remembered.has(key)) {
      const promise = make();
      this.#remembered.set(key, promise);
      promise.catch(() => this.#remembered.delete(key));
    }
    return this.#remembered.get(key);
  }

  #read(name, open = (response) => response.json()) {
    const url = new URL(`${name}?v=${this.#manifest.version}`, this.#folder);
    return this.#once(`file ${name}`, async () => open(await fetched(url)));
  }

  async #ask(scope, words) {
    const parts = this.#parts.get(scope) ?? [];
    if (!parts.length) return [];
    const every = [...this.#parts.values()].flat();
    const { engine } = this.#manifest;
    const bundles = every.map(({ path, meta }) => ({ path, meta })).sort((a, b) => (b.path === engine) - (a.path === engine));
    const paths = parts.map(({ path }) => path);
    const answers = await this.#engine.ask({ folder: this.#folder.href, bundles, paths, words });
    // Pagefind calls a record by its number in the part.
    return answers.flatMap((results, place) => results.map(([id, score]) => [parts[place].from + Number(id), score]));
  }
}

function union(sets) {
  return sets.length === 1 ? sets[0] : new Set(sets.flatMap((some) => [...some]));
}
