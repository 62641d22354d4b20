/** Redraws a screen by changing only what differs, so that focus and open parts stay. */

import { Idiomorph } from "idiomorph";

const OURS = ".toast, .session-banner"; // drawn here, not by the server

function parse(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/**
 * Change a screen into another.
 *
 * @param prepare Puts drafts into the new screen before it is shown.
 * @param sameStep Whether open dialogs and details stay open.
 */
export function morph(
  root: HTMLElement,
  html: string,
  prepare: (screen: DocumentFragment) => void,
  sameStep: boolean,
): void {
  const screen = parse(html);
  prepare(screen);
  Idiomorph.morph(root, screen, {
    morphStyle: "innerHTML",
    callbacks: {
      beforeNodeRemoved: (node) => !(node instanceof Element && node.matches(OURS)),
      beforeAttributeUpdated: (name) => !(name === "open" && sameStep),
    },
  });
}
