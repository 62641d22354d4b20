/** Keys that press a control, as long as nobody is typing. */

import type { Behaviour } from "../stage";

const TYPING =
  "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])";
const PRESSABLE = "button, a[href], summary";

export const shortcuts: Behaviour = (stage) => {
  function wanted(event: KeyboardEvent): boolean {
    const target = event.target as Element;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
    if (event.defaultPrevented || target.matches(TYPING)) return false;
    if (target.matches(PRESSABLE) && (event.key === "Enter" || event.key === " ")) return false;
    // in a notebook keys belong to the notebook, unless the person is in this screen
    return "kernel" in document.documentElement.dataset || stage.root.contains(target);
  }

  function press(event: KeyboardEvent): void {
    if (!wanted(event)) return;
    const open = stage.root.querySelector("dialog:modal");
    const key = event.key.toLowerCase();
    const control = stage
      .all("[data-shortcut]")
      .find((one) => one.dataset.shortcut!.toLowerCase() === key && (open?.contains(one) ?? true));
    if (!control?.checkVisibility() || control.matches(":disabled, [inert] *")) return;
    event.preventDefault();
    if (control.matches(TYPING)) control.focus();
    else control.click();
  }

  document.addEventListener("keydown", press, { signal: stage.signal });
  return undefined;
};
