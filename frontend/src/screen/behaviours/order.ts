/** Ordering a list: by grip, by arrow buttons, by Space and arrow keys; each move is announced. */

import { Drag } from "./drag";
import type { Behaviour } from "../stage";

const ITEM = "[data-behaviour=order] > li";

export const order: Behaviour = (stage) => {
  let held: HTMLElement | undefined;
  let before: Element[] = []; // the order when it was lifted

  const items = (item: Element) => Array.from(item.parentElement!.children);
  const place = (item: Element) => items(item).indexOf(item) + 1;
  const name = (item: Element) =>
    (item.querySelector(".text") ?? item).textContent!.replace(/\s+/g, " ").trim();

  function move(item: Element, by: number): boolean {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return false;
    if (by < 0)
      item.after(other); // the other one moves, so that this one keeps focus and finger
    else item.before(other);
    changed(item);
    stage.announce(item, stage.texts.moved(name(item), place(item), items(item).length));
    return true;
  }

  function changed(item: Element): void {
    refresh();
    const field = item.querySelector<HTMLElement>("input[type=hidden]");
    if (field) stage.keep(field);
  }

  function lift(item: HTMLElement): void {
    drop();
    held = item;
    before = items(item);
    item.classList.add("held");
    stage.announce(item, stage.texts.lifted(name(item)));
  }

  function drop(): void {
    if (!held) return;
    held.classList.remove("held");
    stage.announce(held, stage.texts.dropped(name(held), place(held)));
    held = undefined;
  }

  function putBack(item: HTMLElement): void {
    held = undefined;
    item.classList.remove("held");
    item.parentElement!.append(...before);
    item.focus();
    changed(item);
    stage.announce(item, stage.texts.returned(name(item), place(item)));
  }

  function refresh(): void {
    for (const item of stage.all(ITEM)) {
      item.tabIndex = 0;
      item.classList.toggle("held", item === held);
      const ends = { up: item.previousElementSibling, down: item.nextElementSibling };
      for (const button of item.querySelectorAll<HTMLButtonElement>("[data-move]")) {
        button.disabled = !ends[button.dataset.move as "up" | "down"];
      }
    }
  }

  stage.on("click", `${ITEM} [data-move]`, (button) => {
    const item = button.closest<HTMLElement>(ITEM)!;
    move(item, button.dataset.move === "up" ? -1 : 1);
    if ((button as HTMLButtonElement).disabled) item.focus();
    else button.focus();
  });
  stage.on("keydown", ITEM, (item, event) => {
    if (event.target !== item) return;
    const arrow = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === " ") held === item ? drop() : lift(item);
    else if (held === item && arrow) move(item, arrow);
    else if (held === item && event.key === "Escape") putBack(item);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  stage.on("focusout", ITEM, (item, event) => {
    if (held === item && event.relatedTarget) drop();
  });
  stage.on("pointerdown", `${ITEM} .grip`, (grip, event) => {
    const item = grip.closest<HTMLElement>(ITEM)!;
    event.preventDefault();
    lift(item);
    new Drag(item, event, { move, drop, putBack: () => putBack(item) }, stage.signal);
  });
  return refresh;
};
