/* "Suggest a note": opens the annotation file in the repository's web editor with the selected words quoted. A new file
   gets the quotation by its address; to one that is there nothing is ever sent, so the quotation goes to the clipboard. */

const ESCAPED = /[\\`*_[\]<>]/g;

/** The words of a selection as typed, and the line that it begins on; null where no words of the document are selected. */
function selected(root) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.commonAncestorContainer)) return null;
  const part = range.cloneContents();
  for (const ours of part.querySelectorAll("[data-editorial]")) ours.remove();
  const words = part.textContent.trim().replace(/\s+/g, " ");
  const start = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
  const line = start.closest('[id^="L"]') ?? root.querySelector('[id^="L"]');
  return words ? { words, line: line.id, range } : null;
}

const quotation = ({ words, line }) => `> [${words.replace(ESCAPED, "\\$&")}](#${line})\n\n`;

export function mountSuggest(link) {
  const root = document.querySelector(".transcription");
  if (!link || !root) return;
  const there = link.dataset.there === "true";

  const address = (value) => link.dataset.rrSuggest
    .replaceAll("{action}", there ? "edit" : "new")
    .replaceAll("{path}", link.dataset.file)
    .replaceAll("{existing}", there ? link.dataset.file : "")
    .replaceAll("{value}", there ? "" : encodeURIComponent(value));

  const here = link.cloneNode(true);
  here.className = "rr-suggest-here";
  here.textContent = there ? "Suggest a note on these words (copies them)" : "Suggest a note on these words";
  here.dataset.editorial = "";
  here.hidden = true;
  here.removeAttribute("data-rr-suggest");
  document.body.append(here);

  let found = null;
  const offer = () => {
    found = selected(root);
    here.hidden = !found;
    if (!found) return;
    const at = found.range.getBoundingClientRect();
    here.style.left = `${Math.max(8, Math.min(at.left, innerWidth - here.offsetWidth - 16)) + scrollX}px`;
    here.style.top = `${at.bottom + scrollY + 6}px`;
    here.href = address(quotation(found));
  };
  let timer = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(timer); timer = setTimeout(offer, 150); });
  for (const each of [link, here]) {
    each.addEventListener("click", () => {
      const words = found ?? selected(root);
      if (!words) return;
      each.href = address(quotation(words));
      if (there) navigator.clipboard?.writeText(quotation(words)).catch(() => {});
    });
  }
}
