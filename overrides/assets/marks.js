/* Marks the words of a search in a text without changing the text: CSS highlights over ranges. What carries the page is
   read apart, as in the index, so that a phrase that runs over a page break is marked too. */
import { found, readQuery } from "./words.js";

const APART = '[data-kind="marking"], [data-kind="stamp"], [data-kind="release line"], [data-kind="page line"], [data-kind="page number"], [data-kind="archival mark"], [data-kind="stray mark"]';

export function mark(root, query) {
  if (!root || !query || !globalThis.Highlight) return;
  const wanted = readQuery(query);
  const nodes = textNodes(root);
  const ranges = [
    ...marked(nodes.filter((node) => !node.parentElement.closest(APART)), wanted),
    ...marked(nodes.filter((node) => node.parentElement.closest(APART)), wanted),
  ];
  CSS.highlights.set("rr-found", new Highlight(...ranges));
}

function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("[data-editorial]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

function marked(nodes, wanted) {
  const starts = [];
  let text = "";
  for (const node of nodes) {
    starts.push(text.length);
    text += node.data;
  }
  const at = (offset) => {
    let index = starts.findLastIndex((start) => start <= offset);
    return [nodes[index], offset - starts[index]];
  };
  return found(wanted, text).map(({ start, end }) => {
    const range = new Range();
    range.setStart(...at(start));
    const [node, last] = at(end - 1);
    range.setEnd(node, last + 1);
    return range;
  });
}
