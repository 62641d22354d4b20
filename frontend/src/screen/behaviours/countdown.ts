/** A clock that runs down; at zero what was filled in is sent, and then the end is told. */

import type { Behaviour } from "../stage";

const WARNINGS = [300, 60]; // seconds left at which a screen reader says how much is left
const AFTER = 6000; // ms: longer than the server's grace for what was sent in time

export const countdown: Behaviour = (stage) => {
  let shown = "";
  let ends = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const clock = () => stage.root.querySelector<HTMLElement>("[data-behaviour=countdown]");

  function tick(): void {
    const place = clock();
    if (!place || !stage.root.isConnected) return;
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    place.querySelector("b")!.textContent =
      `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    place.classList.toggle("low", left <= Number(place.dataset.low ?? 60));
    if (WARNINGS.includes(left)) stage.announce(place, stage.texts.left(left / 60));
    timer = setTimeout(left ? tick : end, left ? 1000 - ((performance.now() - ends) % 1000) : 0);
  }

  function end(): void {
    const ready = stage.root.querySelector<HTMLButtonElement>("form[data-do] button[type=submit]");
    if (ready && !ready.disabled) ready.click();
    timer = setTimeout(() => {
      clock()?.querySelector<HTMLElement>("[data-at-zero]")?.click();
    }, AFTER);
  }

  stage.signal.addEventListener("abort", () => clearTimeout(timer));
  return () => {
    const place = clock();
    const told = place?.dataset.seconds ?? "";
    if (told === shown && timer) return;
    clearTimeout(timer);
    shown = told;
    if (!place) return;
    ends = performance.now() + 1000 * Number(told);
    tick();
  };
};
