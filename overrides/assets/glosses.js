/* What a name or abbreviation means, shown beside it on hover and on focus; Escape takes it away. */

const DELAY = 150;

export function mountGlosses(sheet) {
  if (!sheet) return;
  const box = document.createElement("div");
  box.className = "rr-gloss";
  box.id = "rr-gloss";
  box.role = "tooltip";
  box.hidden = true;
  document.body.append(box);
  let timer = 0;
  let shown = null;

  const hide = () => {
    clearTimeout(timer);
    box.hidden = true;
    shown?.removeAttribute("aria-describedby");
    shown = null;
  };
  const show = (link) => {
    hide();
    box.textContent = link.dataset.gloss;
    box.hidden = false;
    const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const left = Math.min(at.left, innerWidth - box.offsetWidth - 16);
    box.style.left = `${Math.max(8, left) + scrollX}px`;
    box.style.top = `${at.bottom + scrollY + 4}px`;
    link.setAttribute("aria-describedby", box.id);
    shown = link;
  };

  for (const reading of sheet.querySelectorAll("ins[title]")) {
    const mark = reading.nextElementSibling?.querySelector(".rr-note-mark");
    const note = mark && document.getElementById(`note-${mark.dataset.note}`);
    const reason = note ? [...note.querySelectorAll(":scope > :not(.rr-note-number)")].map((part) => part.textContent).join(" ") : "";
    reading.title = `${reading.title}. ${reason}`.trim();
    reading.tabIndex = 0;
  }
  for (const link of sheet.querySelectorAll("a[title], ins[title]")) {
    link.dataset.gloss = link.title;
    link.removeAttribute("title");
    link.addEventListener("pointerenter", () => { clearTimeout(timer); timer = setTimeout(show, DELAY, link); });
    link.addEventListener("pointerleave", () => { clearTimeout(timer); timer = setTimeout(hide, DELAY); });
    link.addEventListener("focus", () => show(link));
    link.addEventListener("blur", hide);
  }
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", hide);
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}
