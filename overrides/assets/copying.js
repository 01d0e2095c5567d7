/* "Copy passages with their citation": off until chosen, and forgotten with the page. What is copied is the document's
   words as typed, never the editors'; in the reading text without the page furniture that a sentence runs over. */
import { noteFor } from "./cite.js";

export function mountCopying(control, root) {
  if (!control || !root) return;
  control.hidden = false;
  const chosen = control.querySelector("input");
  chosen.checked = false; // a browser would remember it on going back
  document.addEventListener("copy", (event) => {
    if (!chosen.checked) return;
    const passage = selected(root);
    if (!passage) return;
    event.clipboardData.setData("text/plain", `${passage.words}\n\n${noteFor(passage.first, passage.last)}\n`);
    event.preventDefault();
  });
}

/** The selected words of the document, a paragraph a line, and the lines that they stand on; null where there are none. */
function selected(root) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const typed = root.closest("[data-rr-text]")?.dataset.rrText === "typed";
  const apart = typed ? "[data-editorial]" : "[data-editorial], .rr-apart";
  const lines = [...root.querySelectorAll('[id^="L"]')];
  const blocks = new Map();
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!range.intersectsNode(node) || node.parentElement.closest(apart)) continue;
    const end = node === range.endContainer ? range.endOffset : node.data.length;
    const words = node.data.slice(node === range.startContainer ? range.startOffset : 0, end);
    const block = typed ? node.parentElement.closest('.line, [id^="L"]') : outermost(node, root);
    blocks.set(block, (blocks.get(block) ?? "") + words);
    if (words.trim()) found.push(node);
  }
  if (!found.length) return null;
  const paragraphs = [...blocks.values()].map((words) => words.trim().replace(/\s+/g, " ")).filter(Boolean);
  const [first, last] = [found[0], found.at(-1)].map((node) => lineOf(node, lines));
  return { words: paragraphs.join("\n"), first, last };
}

function outermost(node, root) {
  let element = node.parentElement;
  while (element !== root && element.parentElement !== root) element = element.parentElement;
  return element;
}

/** The number of the seed's line that a text stands on: that of the last anchor at or before it. */
function lineOf(node, lines) {
  const before = (line) => line.contains(node) || line.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
  return lines.findLast(before)?.id.slice(1) ?? "1";
}
