// Days as a searcher gives them: a year, a month or a day, as in `1994`, `1994-04` and `1994-04-08`.

const GIVEN = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/u;

/** The first and last day that `given` covers, ISO 8601; null for what is no year, month or day. */
export function readDay(given) {
  const parts = GIVEN.exec(given.trim());
  if (!parts) return null;
  const [, year, month, day] = parts;
  const first = `${year}-${month ?? "01"}-${day ?? "01"}`;
  const date = new Date(`${first}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== first) return null;
  if (day) return { first, last: first };
  const next = new Date(Date.UTC(Number(year), month ? Number(month) : 12, 0));
  return { first, last: next.toISOString().slice(0, 10) };
}
