/** After another step is drawn, focus and view go where it begins. */

import type { Behaviour } from "../stage";

export const focus: Behaviour = (stage) => {
  let last: Element | null = null;
  let inside = false;
  stage.on("focusin", "*", () => {
    inside = true;
  });
  document.addEventListener(
    "focusin",
    (event) => {
      if (!stage.root.contains(event.target as Node)) inside = false;
    },
    { signal: stage.signal },
  );

  function go(element: HTMLElement, preventScroll = false): void {
    if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus({ preventScroll });
  }

  return ({ first, moved }) => {
    const wanted = stage.root.querySelector<HTMLElement>("[data-focus]");
    const fresh = wanted && (moved || wanted !== last);
    last = wanted;
    if (first) return;
    if (fresh) go(wanted);
    else if (moved) {
      const heading = stage.root.querySelector<HTMLElement>("h1, h2");
      const talk = Boolean(stage.root.querySelector("[data-scroll=end]")); // stays at its end
      // whoever had the focus in the step before begins with the heading of this one
      if (heading && inside && document.activeElement === document.body) go(heading, talk);
      if (talk) return;
      stage.root.scrollIntoView({ block: "start" });
      if (stage.root.classList.contains("widget-host")) scrollTo(0, 0);
    }
  };
};
