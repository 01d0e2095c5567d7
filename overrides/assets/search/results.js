// The list of what was found in one scope.

import { amount, element } from "./elements.js";

/** What each scope is called, and what is counted in it. */
export const NAMES = {
  documents: { title: "Documents’ words", one: "document" },
  corrected: { title: "Corrected readings", one: "document" },
  editors: { title: "Editors’ words", one: "page or note", several: "pages and notes" },
};

/** A section for one scope: its heading with the count, the list of `shown`, each a `record` with its `passages`, and a way to more. */
export function section({ scope, total, shown, q, base, more }) {
  const { one, several } = NAMES[scope];
  const title = q ? NAMES[scope].title : "Documents";
  const id = `rr-found-${scope}`;
  const heading = element("h2", { id }, title, " ",
    element("span", { class: "rr-search__count" }, amount(total, one, several)));
  const list = element("ol", { class: `rr-hits rr-hits--${scope}` },
    ...shown.map((each) => hit(each, q, base, scope)));
  const left = total - shown.length;
  const button = left > 0 ? element("button", { type: "button", class: "rr-search__more" }, `Show more (${left} left)`) : null;
  button?.addEventListener("click", more);
  return element("section", { class: "rr-search__scope", "aria-labelledby": id, "data-rr-scope": scope }, heading, list, button);
}

function hit({ record, passages }, q, base, scope) {
  const about = [record.kind, record.date].filter(Boolean).join(" · ");
  const address = (line) => {
    const url = new URL(record.url, base);
    if (q) url.searchParams.set("q", q);
    if (line) url.hash = `L${line}`;
    return url.href;
  };
  return element("li", { class: "rr-hit", "data-rr-id": record.id },
    element("h3", { class: "rr-hit__title" }, element("a", { href: address(0) }, record.title)),
    about ? element("p", { class: "rr-hit__about" }, about) : null,
    passages.length ? element("ul", { class: "rr-hit__passages" },
      ...passages.map((each) => element("li", {}, passage(each, address(each.line), scope)))) : null);
}

function passage({ line, pieces, cutBefore, cutAfter }, href, scope) {
  const words = pieces.map(({ text, marked }) => (marked ? element("mark", {}, text) : text));
  const typed = scope === "editors" ? "rr-hit__words" : "rr-hit__words rr-hit__words--typed";
  return element("a", { href, class: "rr-hit__passage" },
    line ? element("span", { class: "rr-hit__line" }, `line ${line}`) : null,
    line ? " " : null,
    element("span", { class: typed }, cutBefore ? "…\u00a0" : null, ...words, cutAfter ? "\u00a0…" : null));
}
