/* On wide screens, each note stands in the margin at the height of its mark; one that would cover another moves down. */

const WIDE = matchMedia("(min-width: 72rem)");
const GAP = 14;

export function mountNotes(sheet) {
  const notes = sheet ? [...sheet.querySelectorAll(".rr-note")] : [];
  if (!notes.length) return;

  const place = () => {
    sheet.classList.toggle("rr-sheet--margin", WIDE.matches);
    sheet.style.minHeight = "";
    let free = 0;
    for (const note of notes) {
      note.style.top = "";
      if (!WIDE.matches) continue;
      const mark = document.getElementById(note.id.replace("note-", "mark-"));
      const top = mark.getBoundingClientRect().top - sheet.getBoundingClientRect().top - 4;
      free = Math.max(top, free);
      note.style.top = `${free}px`;
      free += note.offsetHeight + GAP;
    }
    if (free > sheet.offsetHeight) sheet.style.minHeight = `${free}px`;
  };

  for (const note of notes) {
    const number = note.id.replace("note-", "");
    const mark = document.getElementById(`mark-${number}`);
    const words = [...sheet.querySelectorAll(`[data-notes~="${number}"]`)];
    const show = (shown) => { for (const each of words) each.classList.toggle("rr-noted--shown", shown); };
    for (const each of [note, mark]) {
      each.addEventListener("pointerenter", () => show(true));
      each.addEventListener("pointerleave", () => show(false));
      each.addEventListener("focusin", () => show(true));
      each.addEventListener("focusout", () => show(false));
    }
  }
  WIDE.addEventListener("change", place);
  new ResizeObserver(place).observe(sheet.querySelector(".transcription"));
  addEventListener("beforeprint", () => { sheet.classList.remove("rr-sheet--margin"); sheet.style.minHeight = ""; });
  addEventListener("afterprint", place);
  document.fonts?.ready.then(place);
  place();
}
