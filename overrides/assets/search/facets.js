// The lists of facets, and what is chosen of them.

import { element } from "./elements.js";

const TITLES = {
  year: "Year",
  type: "Type",
  from: "From",
  to: "To",
  classification: "Classification",
  exemption: "Exemption",
  people: "People",
  organizations: "Organizations",
  places: "Places",
  annotated: "Annotated",
};

const FEW = 8;
const unfolded = new Set();

/** Fill `place` with a fieldset a facet; `toggle(facet, value)` is called when one is ticked or no longer. */
export function showFacets(place, facets, toggle) {
  const held = place.contains(document.activeElement) ? document.activeElement.id : null;
  place.replaceChildren(...facets.map(({ facet, rows }) => fieldset(facet, rows, toggle)));
  if (held) document.getElementById(held)?.focus();
}

function fieldset(facet, rows, toggle) {
  const list = element("ul", { id: `rr-facet-${facet}` });
  const button = element("button", { type: "button", id: `rr-unfold-${facet}`, class: "rr-facet__more", "aria-controls": list.id });
  const show = () => {
    const open = unfolded.has(facet);
    const shown = rows.filter((row, place) => open || place < FEW || row.ticked);
    list.replaceChildren(...shown.map((row) => choice(facet, row, toggle)));
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

function choice(facet, { value, count, ticked }, toggle) {
  const box = element("input", { type: "checkbox", name: facet, value, id: `rr-facet-${facet}-${value}` });
  box.checked = ticked;
  box.addEventListener("change", () => toggle(facet, value));
  return element("li", {}, element("label", {}, box,
    element("span", { class: "rr-facet__value" }, value), " ",
    element("span", { class: "rr-facet__count" }, count.toLocaleString("en-US"))));
}

/** Fill `place` with what is chosen, each to be taken away again. */
export function showChosen(place, chosen, toggle, clear) {
  const held = place.contains(document.activeElement);
  const every = [...chosen].flatMap(([facet, values]) => [...values].map((value) => ({ facet, value })));
  const buttons = every.map(({ facet, value }) => {
    const title = `${TITLES[facet] ?? facet}: ${value}`;
    const button = element("button", { type: "button", "aria-label": `Take away ${title}` }, title, " ",
      element("span", { "aria-hidden": "true" }, "×"));
    button.addEventListener("click", () => toggle(facet, value));
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
