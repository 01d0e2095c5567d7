/* What a page does beyond standing there. Everything is readable without it. */
import { mountCite } from "./cite.js";
import { mountCopying } from "./copying.js";
import { mountPalette } from "./palette-button.js";
import { mountCopy } from "./copy.js";
import { mountGlosses } from "./glosses.js";
import { mountLayers } from "./layers.js";
import { mountNotes } from "./notes.js";
import { mountSuggest } from "./suggest.js";
import { mountTable } from "./table.js";

mountPalette(document.querySelector("[data-rr-palette]"));
mountLayers(document.querySelector("[data-rr-switch]"));
mountNotes(document.querySelector(".rr-sheet"));
mountGlosses(document.querySelector(".rr-sheet"));
mountSuggest(document.querySelector("[data-rr-suggest]"));
mountCopy(document.querySelectorAll("[data-rr-copy]"));
mountTable(document.querySelector("[data-rr-table]"));
mountCite(document.querySelector("[data-rr-cite]"));
mountCopying(document.querySelector("[data-rr-copying]"), document.querySelector(".transcription"));
