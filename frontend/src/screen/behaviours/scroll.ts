/** `data-scroll="end"`: a conversation stays at its end, unless the reader has gone back up. */

import type { Behaviour } from "../stage";

const LAST = ":scope > :not([aria-hidden])"; // a sign that somebody types comes and goes
const NEAR = 120; // px from the end that still count as being there

export const scroll: Behaviour = (stage) => {
  const lengths = new WeakMap<Element, number>();
  let atEnd = true;
  const box = (list: Element) => (list.scrollHeight > list.clientHeight + 1 ? list : undefined);
  const look = () => {
    for (const list of stage.all("[data-scroll=end]")) {
      const { scrollHeight, scrollTop, clientHeight } = box(list) ?? document.documentElement;
      atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    }
  };
  document.addEventListener("scroll", look, { signal: stage.signal, capture: true, passive: true });

  return ({ moved }) => {
    for (const list of stage.all("[data-scroll=end]")) {
      const grown = list.childElementCount > (lengths.get(list) ?? 0);
      lengths.set(list, list.childElementCount);
      if (!grown || !(atEnd || moved)) continue;
      const scrolled = box(list);
      if (scrolled) scrolled.scrollTop = scrolled.scrollHeight;
      else [...list.querySelectorAll(LAST)].at(-1)?.scrollIntoView({ block: "end" });
    }
  };
};
