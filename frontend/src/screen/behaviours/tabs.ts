/** Tabs as WAI-ARIA has them: one is in the tab order; arrows, Home and End choose. */

import type { Behaviour } from "../stage";

const LIST = "[data-behaviour=tabs], [data-behaviour=tabs] [role=tablist]";
const TAB = "[data-behaviour=tabs] [role=tab]";
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

export const tabs: Behaviour = (stage) => {
  const chosen = new WeakMap<Element, string>();

  const listOf = (tab: Element) => tab.closest("[role=tablist]")!;
  const tabsOf = (list: Element) => Array.from(list.querySelectorAll<HTMLElement>("[role=tab]"));

  function choose(tab: HTMLElement): void {
    const list = listOf(tab);
    chosen.set(list, tab.id);
    for (const one of tabsOf(list)) {
      const selected = one === tab;
      one.setAttribute("aria-selected", String(selected));
      one.tabIndex = selected ? 0 : -1;
      const panel = document.getElementById(one.getAttribute("aria-controls") ?? "");
      if (panel) panel.hidden = !selected;
    }
  }

  stage.on("click", TAB, choose);
  stage.on("keydown", TAB, (tab, event) => {
    const all = tabsOf(listOf(tab));
    const step = STEPS[event.key];
    let next: HTMLElement | undefined;
    if (step) next = all[(all.indexOf(tab) + step + all.length) % all.length];
    else if (event.key === "Home") next = all[0];
    else if (event.key === "End") next = all.at(-1);
    if (!next) return;
    event.preventDefault();
    choose(next);
    next.focus();
  });
  return () => {
    for (const list of stage.all(LIST).filter((one) => one.matches("[role=tablist]"))) {
      const all = tabsOf(list);
      const before = all.find((tab) => tab.id === chosen.get(list));
      const drawn = all.find((tab) => tab.getAttribute("aria-selected") === "true");
      const now = before ?? drawn ?? all[0];
      if (now) choose(now);
    }
  };
};
