/** Dragging a list's item with a finger or a mouse, past its neighbours. */

interface Moves {
  move: (item: HTMLElement, by: number) => boolean;
  drop: () => void;
  putBack: () => void;
}

const EDGE = 72; // px from the window's edge at which the page scrolls along
const STEP = 12;

export class Drag {
  private readonly controller = new AbortController();

  constructor(
    private readonly item: HTMLElement,
    { pointerId }: PointerEvent,
    private readonly moves: Moves,
    ended: AbortSignal,
  ) {
    const { signal } = this.controller;
    ended.addEventListener("abort", () => this.controller.abort(), { signal });
    const on = (type: "pointermove" | "pointerup" | "pointercancel", handle: (y: number) => void) =>
      document.addEventListener(
        type,
        (event) => {
          if (event.pointerId === pointerId) handle(event.clientY);
        },
        { signal },
      );
    on("pointermove", (y) => this.follow(y));
    on("pointerup", () => this.end(moves.drop));
    on("pointercancel", () => this.end(moves.putBack));
    const escape = (event: KeyboardEvent) => {
      if (event.key === "Escape") this.end(moves.putBack);
    };
    document.addEventListener("keydown", escape, { signal, capture: true });
  }

  private follow(y: number): void {
    if (y < EDGE) scrollBy(0, -STEP);
    if (y > innerHeight - EDGE) scrollBy(0, STEP);
    const middle = (element: Element | null) => {
      const box = element?.getBoundingClientRect();
      return box && box.top + box.height / 2;
    };
    const above = middle(this.item.previousElementSibling);
    const below = middle(this.item.nextElementSibling);
    if (above !== undefined && y < above) this.moves.move(this.item, -1);
    else if (below !== undefined && y > below) this.moves.move(this.item, 1);
  }

  private end(finish: () => void): void {
    this.controller.abort();
    finish();
  }
}
