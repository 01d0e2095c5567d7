// Facets: which records a choice leaves, and how many each further value would.

/** The numbers of a scope's records that a choice leaves of `members`: any value of a facet, and every facet. */
export function narrowed(index, scope, members, chosen, but = null) {
  let left = members;
  for (const [facet, values] of chosen) {
    if (facet === but) continue;
    const table = index.facets[scope]?.[facet] ?? {};
    const having = new Set([...values].flatMap((value) => table[value] ?? []));
    left = new Set([...left].filter((number) => having.has(number)));
  }
  return left;
}

/**
 * The facets to show for the documents that answer: each with its values and how many of them each would leave,
 * given what is chosen elsewhere. Values that would leave none are shown only while they are chosen.
 */
export function counted(index, members, chosen) {
  const shown = [];
  for (const facet of index.facetNames) {
    const table = index.facets.documents?.[facet] ?? {};
    const left = narrowed(index, "documents", members, chosen, facet);
    const ticked = chosen.get(facet) ?? new Set();
    const values = new Set([...Object.keys(table), ...ticked]);
    const rows = [...values].map((value) => ({
      value,
      count: (table[value] ?? []).filter((number) => left.has(number)).length,
      ticked: ticked.has(value),
    })).filter(({ count, ticked: kept }) => count || kept);
    const byCount = (a, b) => b.count - a.count || compare(a.value, b.value);
    rows.sort(facet === "year" ? (a, b) => compare(a.value, b.value) : byCount);
    if (rows.length) shown.push({ facet, rows });
  }
  return shown;
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}
