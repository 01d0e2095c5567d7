// Facets and dates: which records a choice leaves, and how many each further value would.

import { readDay } from "./days.js";

/** The tables that `narrowed` needs for a state: to be loaded first. */
export function needed({ chosen, without, after, before }) {
  return [...(chosen.size || without.size ? ["facets"] : []), ...(after || before ? ["times"] : [])];
}

/** Whether a state narrows anything. */
export function narrows({ chosen, without, after, before }) {
  return Boolean(chosen.size || without.size || after || before);
}

/**
 * The numbers of a scope's records that a state leaves of `members`: of each facet chosen any value, of each left out
 * none, and a date that may lie in the range given. Undated records are in no range.
 */
export function narrowed(index, scope, members, { chosen, without, after, before }) {
  let left = members;
  for (const [facet, values] of chosen) {
    const having = index.tables.having(scope, facet, values);
    left = new Set([...left].filter((number) => having.has(number)));
  }
  for (const [facet, values] of without) {
    const having = index.tables.having(scope, facet, values);
    left = new Set([...left].filter((number) => !having.has(number)));
  }
  if (after || before) {
    const from = after ? readDay(after).first : "";
    const until = before ? readDay(before).last : "\uffff";
    left = new Set([...left].filter((number) => {
      const days = index.tables.days(scope, number);
      return days && days.first <= until && days.last >= from;
    }));
  }
  return left;
}

/**
 * The facets to show for the documents that answer: each with its values and how many of them each would leave,
 * given what is chosen elsewhere. Needs the table `facets`. Values that would leave none are shown only while they are chosen or left out.
 */
export function counted(index, members, state) {
  const shown = [];
  for (const facet of index.facetNames) {
    const ticked = state.chosen.get(facet) ?? new Set();
    const out = state.without.get(facet) ?? new Set();
    const left = narrowed(index, "documents", members, { ...state, chosen: but(state.chosen, facet) });
    const whole = out.size
      ? narrowed(index, "documents", members, { ...state, chosen: but(state.chosen, facet), without: but(state.without, facet) })
      : left; // what a value that is left out would bring back
    const values = new Set([...index.tables.values("documents", facet), ...ticked, ...out]);
    const rows = [...values].map((value) => ({
      value,
      count: shared(index.tables.having("documents", facet, [value]), out.has(value) ? whole : left),
      ticked: ticked.has(value),
      out: out.has(value),
    })).filter((row) => row.count || row.ticked || row.out);
    const byCount = (a, b) => b.count - a.count || compare(a.value, b.value);
    rows.sort(facet === "year" ? (a, b) => compare(a.value, b.value) : byCount);
    if (rows.length) shown.push({ facet, rows });
  }
  return shown;
}

function but(choice, facet) {
  return new Map([...choice].filter(([name]) => name !== facet));
}

function shared(some, others) {
  let count = 0;
  for (const number of some) if (others.has(number)) count += 1;
  return count;
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}
