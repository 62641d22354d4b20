/** Dialogs: opened by a button, closed by another, by Escape, or by a tap beside them. */

import type { Behaviour } from "../stage";

export const dialog: Behaviour = (stage) => {
  stage.on("click", "[data-opens]", (button) => {
    const opened = document.getElementById(button.dataset.opens!);
    if (opened instanceof HTMLDialogElement && !opened.open) opened.showModal();
  });
  stage.on("click", "[data-closes]", (button) => button.closest("dialog")?.close());
  stage.on("click", "dialog", (opened, event) => {
    if (event.target !== opened) return; // the ground behind it counts as the dialog itself
    const { top, bottom, left, right } = opened.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    const beside = x < left || x > right || y < top || y > bottom;
    if (beside) (opened as HTMLDialogElement).close();
  });
  return undefined;
};
