/* The Cite section: the note cites the line that the address names, each form has a button that copies it, and a printed
   page says when it was retrieved. Where the site does not know its own address, the browser does. */

const section = () => document.querySelector("[data-rr-cite]");
const address = () => section().dataset.rrCite || location.origin + location.pathname;
const form = (name) => section().querySelector(`[data-rr-form="${name}"]`);

/** What stands between a note's words and its last period, for lines of the seed; for none, the address alone. */
function where(first, last) {
  if (!first) return `, ${address()}`;
  return `, ${first === last ? `line ${first}` : `lines ${first}–${last}`}, ${address()}#L${first}`;
}

/** The note as text, for lines of the seed. */
export const noteFor = (first, last) =>
  `${form("the note").querySelector("[data-rr-words]").textContent}${where(first, last)}.`;

export function mountCite(found) {
  if (!found) return;
  const said = document.createElement("p");
  said.className = "rr-heard";
  said.setAttribute("role", "status");
  found.append(said);

  const note = form("the note").querySelector("[data-rr-where]");
  const follow = () => {
    const line = /^#L(\d+)$/.exec(location.hash)?.[1];
    note.textContent = where(line, line);
  };
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  follow();
  for (const each of document.querySelectorAll("[data-rr-address]")) {
    each.textContent = each.closest("[data-rr-form]") ? ` ${address()}.` : `, ${address()}`;
  }
  for (const each of found.querySelectorAll("[data-rr-by-script]")) each.hidden = false;
  for (const each of found.querySelectorAll("[data-rr-form]")) each.after(copier(each, said));

  const retrieved = document.querySelector("[data-rr-retrieved]");
  const date = () => {
    const today = new Date().toLocaleDateString("en-US", { dateStyle: "long" });
    retrieved.textContent = ` Retrieved ${today}.`;
  };
  addEventListener("beforeprint", date);
  date();
}

/** A button that copies a form; where the browser does not let it, the form is selected instead. */
function copier(words, said) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "rr-copy";
  button.textContent = `Copy ${words.dataset.rrForm}`;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.textContent);
      said.textContent = `Copied ${words.dataset.rrForm}.`;
    } catch {
      getSelection().selectAllChildren(words);
      said.textContent = `Selected ${words.dataset.rrForm}; copy it as you usually do.`;
    }
  });
  return button;
}
