/* Before the first paint: the reader's own choice of light or dark, where one was made. */
try {
  const chosen = localStorage.getItem("rr-palette");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.palette = chosen;
} catch { /* storage may be closed to us: the system's setting holds */ }
