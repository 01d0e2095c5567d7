// The lists of facets, and what is chosen of them.

import { element } from "./elements.js";

const TITLES = {
  year: "Year",
  type: "Type",
  from: "From",
  to: "To",
  classification: "Classification",
  handling: "Handling",
  withheld: "Withheld passages",
  exemption: "Exemption",
  people: "People",
  organizations: "Organizations",
  places: "Places",
  collection: "Collection",
  annotated: "Annotated",
};

const FEW = 8;
const unfolded = new Set();

/**
 * Fill `place` with a fieldset a facet. `toggle(facet, value)` is called when a value is ticked or no longer,
 * `leaveOut(facet, value)` when it is to be left out or no longer.
 */
export function showFacets(place, facets, toggle, leaveOut) {
  const held = place.contains(document.activeElement) ? document.activeElement.id : null;
  place.replaceChildren(...facets.map(({ facet, rows }) => fieldset(facet, rows, toggle, leaveOut)));
  if (held) document.getElementById(held)?.focus();
}

function fieldset(facet, rows, toggle, leaveOut) {
  const list = element("ul", { id: `rr-facet-${facet}` });
  const button = element("button", { type: "button", id: `rr-unfold-${facet}`, class: "rr-facet__more", "aria-controls": list.id });
  const show = () => {
    const open = unfolded.has(facet);
    const shown = rows.filter((row, place) => open || place < FEW || row.ticked || row.out);
    list.replaceChildren(...shown.map((row) => choice(facet, row, toggle, leaveOut)));
    button.textContent = open ? "Show fewer" : `Show all ${rows.length}`;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    if (!unfolded.delete(facet)) unfolded.add(facet);
    show();
  });
  show();
  const legend = element("legend", {}, TITLES[facet] ?? facet);
  return element("fieldset", { class: "rr-facet" }, legend, list, rows.length > FEW ? button : null);
}

function choice(facet, { value, count, ticked, out }, toggle, leaveOut) {
  const box = element("input", { type: "checkbox", name: facet, value, id: `rr-facet-${facet}-${value}` });
  box.checked = ticked;
  box.addEventListener("change", () => toggle(facet, value));
  const not = element("button", {
    type: "button", class: "rr-facet__not", id: `rr-not-${facet}-${value}`,
    "aria-pressed": String(out), "aria-label": `not ${value}`,
  }, "not");
  not.addEventListener("click", () => leaveOut(facet, value));
  return element("li", { class: out ? "rr-facet__out" : null }, element("label", {}, box,
    element("span", { class: "rr-facet__value" }, value), " ",
    element("span", { class: "rr-facet__count" }, count.toLocaleString("en-US"))), not);
}

/** Fill `place` with what is chosen: `{ title, takeAway }` of each, to be taken away again. */
export function showChosen(place, every, clear) {
  const held = place.contains(document.activeElement);
  const buttons = every.map(({ title, takeAway }) => {
    const button = element("button", { type: "button", "aria-label": `Take away ${title}` }, title, " ",
      element("span", { "aria-hidden": "true" }, "×"));
    button.addEventListener("click", takeAway);
    return element("li", {}, button);
  });
  if (buttons.length > 1) {
    const button = element("button", { type: "button" }, "Take all away");
    button.addEventListener("click", clear);
    buttons.push(element("li", {}, button));
  }
  place.replaceChildren(...(buttons.length ? [element("ul", { class: "rr-search__chosen", "aria-label": "Chosen" }, ...buttons)] : []));
  if (held) (place.querySelector("button") ?? document.querySelector("[data-rr-search-field]"))?.focus();
}

/** What a facet's value is called where it stands alone. */
export function named(facet, value) {
  return `${TITLES[facet] ?? facet}: ${value}`;
}
