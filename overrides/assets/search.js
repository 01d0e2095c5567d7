// The search page: from its address to what is shown, and back.

import { readAddress, writeAddress } from "./search/address.js";
import { readDay } from "./search/days.js";
import { amount, element } from "./search/elements.js";
import { named, showChosen, showFacets } from "./search/facets.js";
import { openIndex, SCOPES } from "./search/index.js";
import { counted, narrowed, narrows, needed } from "./search/narrowing.js";
import { passages } from "./search/passages.js";
import { NAMES, section } from "./search/results.js";
import { suggestions } from "./search/suggestions.js";
import { readQuery } from "./words.js";

const PAUSE = 200; // milliseconds without a key before an answer is looked for
const FURTHER = 20; // records
const AT_ONCE = { documents: 10, corrected: 5, editors: 5 };

const NOTHING_CHOSEN = { chosen: new Map(), without: new Map(), after: "", before: "" };

async function start(place) {
  const part = (name) => place.querySelector(`[data-rr-search-${name}]`);
  const page = Object.fromEntries(
    ["form", "field", "plain", "said", "status", "notes", "body", "narrow", "facets", "days", "chosen", "order", "results"]
      .map((name) => [name, part(name)]),
  );
  const base = new URL(`${place.dataset.base.replace(/\/?$/u, "/")}`, document.baseURI).href;
  page.plain.hidden = true;
  page.field.value = new URLSearchParams(location.search).get("q") ?? "";
  try {
    new Search(page, base, await openIndex(base)).begin();
  } catch (error) {
    fail(page, error);
  }
}

function fail(page, error) {
  page.said.hidden = false;
  page.body.hidden = true;
  page.results.replaceChildren();
  page.status.textContent = "The index could not be read, so nothing can be said of these words. Load the page again.";
  page.notes.replaceChildren(element("p", { class: "rr-search__note" }, String(error.message ?? error)));
}

/** A choice (facet → values) with this value in it if it was not, and without it if it was. */
function toggled(choice, facet, value) {
  return choice.get(facet)?.has(value)
    ? taken(choice, facet, value)
    : new Map([...choice, [facet, new Set([...(choice.get(facet) ?? []), value])]]);
}

/** A choice without this value. */
function taken(choice, facet, value) {
  const left = [...choice].map(([name, values]) => [name, new Set([...values].filter((each) => name !== facet || each !== value))]);
  return new Map(left.filter(([, values]) => values.size));
}

class Search {
  #turn = 0;
  #typing = false; // whether the address of this history entry is still being typed
  #timer = 0;
  #title = document.title;
  #members = null; // the documents that answer, whatever narrows them

  constructor(page, base, index) {
    Object.assign(this, { page, base, index });
  }

  begin() {
    const { page } = this;
    this.#readAddress();
    page.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.#ask(page.field.value)) this.#show(); // asked again on purpose, perhaps after a failure
      this.#typing = false;
    });
    page.field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(page.field.value), PAUSE);
    });
    page.field.addEventListener("blur", () => {
      this.#typing = false;
    });
    for (const field of page.days.querySelectorAll("input")) {
      field.addEventListener("change", () => this.#range(field));
    }
    page.order.addEventListener("change", (event) => this.#go({ ...this.state, sort: event.target.value }));
    addEventListener("popstate", () => {
      this.#readAddress();
      page.field.value = this.state.q;
      this.#show();
    });
    addEventListener("keydown", (event) => this.#shortcut(event));
    addEventListener("keydown", (event) => this.#walk(event));
    const wide = matchMedia("(min-width: 60rem)");
    const unfold = () => {
      page.narrow.open = wide.matches;
    };
    wide.addEventListener("change", unfold);
    unfold();
    page.narrow.addEventListener("toggle", () => {
      if (this.#members) this.#showFacets().catch((error) => fail(page, error));
    });
    if (page.field.value.trim() !== this.state.q.trim()) this.#ask(page.field.value); // typed while the index was coming
    else this.#show();
  }

  #readAddress() {
    clearTimeout(this.#timer);
    this.#typing = false;
    this.state = readAddress(location.search, this.index.facetNames);
  }

  /** Up and down go from the question to what was found, from link to link, and back. */
  #walk(event) {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const stops = [this.page.field, ...this.page.results.querySelectorAll(".rr-hit a")];
    const at = stops.indexOf(event.target);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  #shortcut(event) {
    const inField = event.target instanceof Element && event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || inField) return;
    event.preventDefault();
    this.page.field.focus();
    this.page.field.select();
  }

  /** Looks for what was typed, and says whether it is anything new. One entry in the history a search, not a letter. */
  #ask(q) {
    clearTimeout(this.#timer);
    if (q.trim() === this.state.q.trim()) return false;
    const typing = this.#typing;
    this.#typing = true;
    this.#go({ ...this.state, q }, typing);
    return true;
  }

  #go(state, replacing = false) {
    this.state = state;
    const address = location.pathname + writeAddress(state);
    if (replacing) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.#show();
  }

  #narrow(change) {
    this.#typing = false;
    this.#go({ ...this.state, ...change });
  }

  /** A value is chosen or left out or neither: to be both at once would find nothing. */
  #toggle(facet, value) {
    this.#narrow({ chosen: toggled(this.state.chosen, facet, value), without: taken(this.state.without, facet, value) });
  }

  #leaveOut(facet, value) {
    this.#narrow({ chosen: taken(this.state.chosen, facet, value), without: toggled(this.state.without, facet, value) });
  }

  /** What a field of the date range says, if it is a year, a month or a day; else it says that it is none. */
  #range(field) {
    const given = field.value.trim();
    const wrong = given !== "" && !readDay(given);
    field.setAttribute("aria-invalid", String(wrong));
    this.page.days.querySelector("[data-rr-wrong]").hidden = !wrong;
    if (!wrong && given !== this.state[field.name]) this.#narrow({ [field.name]: given });
  }

  #showRange() {
    for (const field of this.page.days.querySelectorAll("input")) {
      if (field !== document.activeElement) field.value = this.state[field.name];
    }
  }

  /** All that narrows the list, each with its name and a way to take it away. */
  #choices() {
    const { chosen, without, after, before } = this.state;
    const each = (choice, name, takeAway) => [...choice].flatMap(([facet, values]) => [...values].map((value) => (
      { title: name(facet, value), takeAway: () => takeAway(facet, value) })));
    return [
      ...each(chosen, named, (facet, value) => this.#toggle(facet, value)),
      ...each(without, (facet, value) => `not ${named(facet, value)}`, (facet, value) => this.#leaveOut(facet, value)),
      ...(after ? [{ title: `From ${after}`, takeAway: () => this.#narrow({ after: "" }) }] : []),
      ...(before ? [{ title: `Until ${before}`, takeAway: () => this.#narrow({ before: "" }) }] : []),
    ];
  }

  async #show(limits = AT_ONCE) {
    this.#turn += 1;
    const turn = this.#turn;
    const { index, page, state } = this;
    const stale = () => turn !== this.#turn;
    try {
      const q = state.q.trim();
      const query = readQuery(q);
      const asks = query.wanted.length + query.unwanted.length > 0;
      const found = await this.#find(query, asks, limits);
      if (stale()) return;
      document.title = asks ? `${q} · ${this.#title}` : this.#title;
      this.#say(asks, found);
      showChosen(page.chosen, this.#choices(), () => this.#narrow(NOTHING_CHOSEN));
      this.#showRange();
      page.order.hidden = !query.wanted.length || SCOPES.every((scope) => found[scope].left.size < 2);
      for (const radio of page.order.querySelectorAll("input")) radio.checked = radio.value === state.sort;
      const shown = SCOPES.filter((scope) => found[scope].shown.length);
      page.results.replaceChildren(...shown.map((scope) => section({
        scope, q: asks ? q : "", base: this.base, total: found[scope].left.size, shown: found[scope].shown,
        more: () => this.#more(scope, limits),
      })));
      page.body.hidden = false;
      this.#members = found.documents.all;
      await this.#showFacets();
      if (asks) await this.#suggest(q, stale);
    } catch (error) {
      if (!stale()) fail(page, error);
    }
  }

  /** The facets come when the answer is there, and where they are seen: it takes a table that the answer does not. */
  async #showFacets() {
    const { index, page, state } = this;
    const members = this.#members;
    if (!page.narrow.open) return;
    await index.tables.load("facets");
    if (members !== this.#members) return;
    const toggle = (facet, value) => this.#toggle(facet, value);
    const leaveOut = (facet, value) => this.#leaveOut(facet, value);
    showFacets(page.facets, counted(index, members, state), toggle, leaveOut);
    page.narrow.hidden = !page.facets.childElementCount;
  }

  /** For each scope: `all` that answer, what the facets have `left` of them, and the first to be `shown`. */
  async #find(query, asks, limits) {
    const { index, state } = this;
    const byScore = state.sort === "relevance" && query.wanted.length > 0;
    await index.tables.load(...needed(state), ...(byScore ? [] : ["times"]), ...(narrows(state) ? ["withheld"] : []));
    const every = await Promise.all(SCOPES.map(async (scope) => {
      // Without a question the page is the list of documents; the other scopes answer questions only.
      const all = asks || scope === "documents" ? await index.answers(scope, query) : new Set();
      const left = narrowed(index, scope, all, state);
      const order = byScore ? await this.#ranked(scope, left, query) : index.tables.inTime(scope, left);
      const shown = await Promise.all(order.slice(0, limits[scope]).map(async (number) => {
        const record = await index.record(scope, number);
        return { record, passages: await passages(record, query) };
      }));
      return [scope, { all, left, shown }];
    }));
    return Object.fromEntries(every);
  }

  async #ranked(scope, numbers, query) {
    const order = [...numbers].sort((a, b) => a - b);
    if (order.length < 2) return order;
    const scores = await this.index.scores(scope, query);
    return order.sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || a - b);
  }

  async #more(scope, limits) {
    const before = this.page.results.querySelectorAll(`[data-rr-scope="${scope}"] .rr-hit`).length;
    await this.#show({ ...limits, [scope]: limits[scope] + FURTHER });
    this.page.results.querySelectorAll(`[data-rr-scope="${scope}"] .rr-hit`)[before]?.querySelector("a").focus();
  }

  #say(asks, found) {
    const { index, page, state } = this;
    const total = index.size("documents");
    const chosen = narrowed(index, "documents", index.all("documents"), state);
    const scope = narrows(state) ? `${amount(chosen.size, "document")} chosen` : amount(total, "document");
    const hits = found.documents.left.size;
    const others = asks ? SCOPES.slice(1).filter((name) => found[name].left.size) : [];
    const counts = others.map((name) => `${NAMES[name].title}: ${amount(found[name].left.size, NAMES[name].one, NAMES[name].several)}.`);
    const main = asks ? `In ${hits || "none"} of the ${scope}.` : `${hits < total ? `${hits} of ` : ""}${amount(total, "document")}.`;
    page.status.textContent = [main, ...counts].join(" ");
    const withheld = index.tables.withheld("documents", chosen);
    const notes = [];
    if (asks && withheld.passages) {
      const are = withheld.passages === 1 ? "is" : "are";
      notes.push(`${amount(withheld.passages, "passage")} in ${amount(withheld.documents, "document")} ${are} withheld and could not be searched.`);
    }
    page.notes.replaceChildren(...notes.map((note) => element("p", { class: "rr-search__note" }, note)));
    page.said.hidden = false;
  }

  async #suggest(q, stale) {
    const { index, page, state } = this;
    const count = async (other) => narrowed(index, "documents", await index.answers("documents", readQuery(other)), state).size;
    const offered = await suggestions(index, q, count);
    if (stale() || !offered.length) return;
    const links = offered.map((offer) => {
      const link = element("a", { href: writeAddress({ ...state, q: offer.q }) }, offer.words);
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        page.field.value = offer.q;
        this.#typing = false;
        this.#ask(offer.q);
        page.field.focus();
      });
      return element("li", {}, link, ` ${amount(offer.count, "document")}`);
    });
    page.notes.append(element("div", { class: "rr-search__offered" },
      element("p", { id: "rr-offered" }, "Not searched for, but there:"),
      element("ul", { "aria-labelledby": "rr-offered" }, ...links)));
  }
}

const root = document.querySelector("[data-rr-search]");
if (root) start(root);
