/* The button that changes between light and dark, and remembers. */

const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

const current = () => root.dataset.palette ?? (prefersDark.matches ? "dark" : "light");

export function mountPalette(button) {
  if (!button) return;
  const name = button.querySelector("[data-rr-palette-name]");
  const show = () => { name.textContent = current() === "dark" ? "light" : "dark"; };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.palette = current() === "dark" ? "light" : "dark";
    try { localStorage.setItem("rr-palette", root.dataset.palette); } catch { /* holds for this page alone */ }
    show();
  });
  prefersDark.addEventListener("change", show);
  show();
}
