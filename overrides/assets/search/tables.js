// What stands in tables by a record's number: the values of facets, the days, what is withheld. Loaded when asked for.

/** Numbers in order, of which each is given as a step from the one before it, from -1 on. */
function numbersOf(steps) {
  let number = -1;
  return steps.map((step) => (number += step));
}

export class Tables {
  #read;
  #scopes;
  #loaded = {};

  /** `read` fetches a table by its name; `scopes` are those of the manifest. */
  constructor(read, scopes) {
    this.#read = read;
    this.#scopes = scopes;
  }

  /** Loads some of `facets`, `times` and `withheld`. What a table says can be asked only then. */
  async load(...names) {
    await Promise.all(names.map(async (name) => {
      this.#loaded[name] ??= await this.#read(name);
    }));
  }

  /** The values of a facet, from `facets`. */
  values(scope, facet) {
    return Object.keys(this.#loaded.facets[scope]?.[facet] ?? {});
  }

  /** The numbers of the records that have any of these values of a facet, from `facets`. */
  having(scope, facet, values) {
    const table = this.#loaded.facets[scope]?.[facet] ?? {};
    const some = [...values].filter((value) => Object.hasOwn(table, value)).map((value) => {
      if (!(table[value] instanceof Set)) table[value] = new Set(numbersOf(table[value]));
      return table[value];
    });
    return some.length === 1 ? some[0] : new Set(some.flatMap((numbers) => [...numbers]));
  }

  /**
   * The first and last day on which a record may have been written, ISO 8601, from `times`; undefined for an undated
   * one.
   */
  days(scope, number) {
    const { days, of, until } = this.#loaded.times[scope];
    const first = days[of[number]];
    return first && { first, last: until[number] ?? first };
  }

  /** These numbers in the order of their first days, the undated last, from `times`. */
  inTime(scope, numbers) {
    const { days = [], of = [] } = this.#loaded.times[scope] ?? {};
    const place = (number) => (of[number] < 0 ? days.length : of[number]);
    return [...numbers].sort((a, b) => place(a) - place(b) || a - b);
  }

  /** How many passages are withheld in how many of these records; of some, but not all, from `withheld`. */
  withheld(scope, members) {
    const { records = 0, withheld = { passages: 0, documents: 0 } } = this.#scopes[scope] ?? {};
    if (members.size === records) return withheld;
    const counts = Object.entries(this.#loaded.withheld[scope]).filter(([number]) => members.has(Number(number)));
    return { passages: counts.reduce((sum, [, count]) => sum + count, 0), documents: counts.length };
  }
}
