/** What a behaviour stands on: the drawn screen, and events in it that survive each redraw. */

import { type Texts, textsOf } from "./texts";

/** How the screen was redrawn: for the first time, and whether it is another step now. */
export interface Redrawn {
  first: boolean;
  moved: boolean;
}

/** Sets up once, listening on the whole screen; what it returns runs after each redraw. */
export type Behaviour = (stage: Stage) => ((redrawn: Redrawn) => void) | undefined;

export class Stage {
  constructor(
    readonly root: HTMLElement,
    readonly signal: AbortSignal,
    private readonly language: () => string,
    /** Keeps what a person entered, as a draft. */
    readonly keep: (field: HTMLElement) => void,
  ) {}

  get texts(): Texts {
    return textsOf(this.language());
  }

  /** Listen to events on elements that match, now or later drawn. */
  on<K extends keyof HTMLElementEventMap>(
    type: K,
    selector: string,
    handle: (target: HTMLElement, event: HTMLElementEventMap[K]) => void,
  ): void {
    const listener = (event: HTMLElementEventMap[K]) => {
      const target = (event.target as Element).closest<HTMLElement>(selector);
      if (target && this.root.contains(target)) handle(target, event);
    };
    this.root.addEventListener(type, listener, { signal: this.signal });
  }

  all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return Array.from(this.root.querySelectorAll<E>(selector));
  }

  /** Say something to a screen reader, in the nearest status line. */
  announce(near: Element, text: string): void {
    for (let place: Element | null = near; place && place !== this.root.parentElement;) {
      const status = place.querySelector("[role=status]:not(.toast)");
      if (status) {
        status.textContent = text;
        return;
      }
      place = place.parentElement;
    }
  }
}
