/** Which controls' actions are on their way, by names that outlive a redraw and a reload. */

/** Names a control so that it is known again after a redraw or a reload. */
export function controlKey(control: HTMLElement, pressed?: HTMLElement | null): string {
  const button = pressed instanceof HTMLButtonElement ? `${pressed.name}=${pressed.value}` : "";
  return [control.dataset.do, control.id, control.dataset.with ?? "", button].join(" ");
}

/** Mark the controls whose actions wait, and no others. */
export function showWaiting(root: HTMLElement, waiting: ReadonlySet<string>): void {
  const mark = (control: HTMLElement, key: string) => {
    if (waiting.has(key)) control.setAttribute("aria-busy", "true");
    else control.removeAttribute("aria-busy");
  };
  for (const control of root.querySelectorAll<HTMLElement>("[data-do]")) {
    mark(control, controlKey(control));
    if (!(control instanceof HTMLFormElement)) continue;
    for (const button of control.elements) {
      if (button instanceof HTMLButtonElement && button.type === "submit") {
        mark(button, controlKey(control, button));
      }
    }
  }
}

/** Close the dialog whose action is done. */
export function closeDialogOf(root: HTMLElement, key: string): void {
  for (const dialog of root.querySelectorAll<HTMLDialogElement>("dialog[open]")) {
    const controls = Array.from(dialog.querySelectorAll<HTMLElement>("[data-do]"));
    if (controls.some((one) => key.startsWith(controlKey(one)))) dialog.close();
  }
}
