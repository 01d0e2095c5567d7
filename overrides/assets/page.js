/* What a page does beyond standing there. Everything is readable without it. */
import { mountPalette } from "./palette-button.js";
import { mountGlosses } from "./glosses.js";
import { mountLayers } from "./layers.js";
import { mountTable } from "./table.js";

mountPalette(document.querySelector("[data-rr-palette]"));
mountLayers(document.querySelector("[data-rr-switch]"));
mountGlosses(document.querySelector(".rr-sheet"));
mountTable(document.querySelector("[data-rr-table]"));
