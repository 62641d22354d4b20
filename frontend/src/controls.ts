/** The official controls with their style, loaded only where a notebook uses them. */

import style from "./controls.css";

export * from "@jupyter-widgets/controls";

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets.push(sheet);
