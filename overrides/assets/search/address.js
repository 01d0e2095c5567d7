// The state of a search is its address: ?q=…&type=cable&type=letter&-from=…&after=1994-04&before=1994&sort=date

import { readDay } from "./days.js";

const LEFT_OUT = "-"; // before a facet's name: documents with this value are left out

/**
 * The state that an address holds: `q`; `chosen` and `without` (facet → set of values); `after` and `before` (a year,
 * month or day, or ""); `sort` ("relevance" or "date").
 */
export function readAddress(search, facetNames) {
  const given = new URLSearchParams(search);
  const values = (prefix) => new Map(facetNames
    .map((facet) => [facet, new Set(given.getAll(`${prefix}${facet}`).filter((value) => value !== ""))])
    .filter(([, some]) => some.size));
  const day = (name) => (readDay(given.get(name) ?? "") ? given.get(name).trim() : "");
  return {
    q: given.get("q") ?? "",
    chosen: values(""),
    without: values(LEFT_OUT),
    after: day("after"),
    before: day("before"),
    sort: given.get("sort") === "date" ? "date" : "relevance",
  };
}

/** The address of a state, to be put after a path; what is as usual is left out. */
export function writeAddress({ q, chosen, without, after, before, sort }) {
  const said = new URLSearchParams();
  if (q.trim()) said.set("q", q.trim());
  for (const [facet, values] of chosen) for (const value of values) said.append(facet, value);
  for (const [facet, values] of without) for (const value of values) said.append(`${LEFT_OUT}${facet}`, value);
  if (after) said.set("after", after);
  if (before) said.set("before", before);
  if (sort === "date") said.set("sort", "date");
  const written = said.toString();
  return written ? `?${written}` : "";
}
