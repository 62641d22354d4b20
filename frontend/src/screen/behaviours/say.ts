/** `data-behaviour="say"`: Enter sends what is typed, Shift+Enter begins a new line. */

import type { Behaviour } from "../stage";

const COMPOSED = 229;

export const say: Behaviour = (stage) => {
  stage.on("keydown", "[data-behaviour=say]", (field, event) => {
    const { key, shiftKey, isComposing, keyCode } = event as KeyboardEvent;
    // while Chinese is composed, Enter takes over the letters and doesn't send; Safari says that
    // composing is over before it tells of this Enter, and only its code is another
    if (key !== "Enter" || shiftKey || isComposing || keyCode === COMPOSED) return;
    event.preventDefault();
    const area = field as HTMLTextAreaElement;
    if (area.value.trim()) area.form?.requestSubmit();
  });
  return undefined;
};
