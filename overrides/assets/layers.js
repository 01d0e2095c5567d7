/* The switch between reading text and as typed. Without this script it works by #as-typed; with it, the layer stands in
   the address as ?text=typed, so that a line's own anchor can stand there too. Words searched for (?q=) are marked. */
import { mark } from "./marks.js";

const url = () => new URL(location.href);

export function mountLayers(bar) {
  const text = document.getElementById("reading-text");
  if (!bar || !text) return;
  const links = [...bar.querySelectorAll("[data-rr-text]")];

  const show = () => {
    const typed = url().searchParams.get("text") === "typed" || location.hash === "#as-typed";
    text.dataset.rrText = typed ? "typed" : "reading";
    for (const link of links) {
      if (link.dataset.rrText === text.dataset.rrText) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const next = url();
      if (link.dataset.rrText === "typed") next.searchParams.set("text", "typed");
      else next.searchParams.delete("text");
      if (next.hash === "#as-typed" || next.hash === "#reading-text") next.hash = "";
      history.pushState(null, "", next);
      show();
    });
  }
  addEventListener("popstate", show);
  addEventListener("hashchange", show);
  show();
  mark(document.querySelector(".transcription"), url().searchParams.get("q"));
}
