// The state of a search is its address: ?q=…&type=cable&type=letter&year=1994&sort=date

/** The state that an address holds: `q`, `chosen` (facet → set of values), `sort` ("relevance" or "date"). */
export function readAddress(search, facetNames) {
  const given = new URLSearchParams(search);
  const chosen = new Map();
  for (const facet of facetNames) {
    const values = given.getAll(facet).filter((value) => value !== "");
    if (values.length) chosen.set(facet, new Set(values));
  }
  return { q: given.get("q") ?? "", chosen, sort: given.get("sort") === "date" ? "date" : "relevance" };
}

/** The address of a state, to be put after a path; what is as usual is left out. */
export function writeAddress({ q, chosen, sort }) {
  const said = new URLSearchParams();
  if (q.trim()) said.set("q", q.trim());
  for (const [facet, values] of chosen) for (const value of values) said.append(facet, value);
  if (sort === "date") said.set("sort", "date");
  const written = said.toString();
  return written ? `?${written}` : "";
}
