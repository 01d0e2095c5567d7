/* A button beside words that a reader may want to take along. The words can be selected without it. */

export function mountCopy(paragraphs) {
  if (!navigator.clipboard) return;
  for (const paragraph of paragraphs) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "rr-copy";
    button.textContent = "Copy";
    const said = document.createElement("span");
    said.className = "rr-copied";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(paragraph.textContent.trim());
      said.textContent = "Copied";
    });
    paragraph.after(button, said);
  }
}
