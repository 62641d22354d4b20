/** A short message at the edge of the screen, spoken by screen readers. */

const SHOWN = 8000;

export class Toast {
  private readonly element: HTMLElement;
  private readonly home: HTMLElement;
  private timer = 0;

  /** Use the page's own place for it, or in a notebook one in the screen. */
  constructor(private readonly root: HTMLElement) {
    const served = document.querySelector<HTMLElement>("body > .toast");
    this.element = served ?? document.createElement("div");
    this.element.className = "toast";
    this.element.setAttribute("role", "status");
    if (!served) root.append(this.element);
    this.home = this.element.parentElement!;
  }

  /** Show a text for a while, or a quiet one until it is hidden. */
  show(text: string, quiet = false): void {
    clearTimeout(this.timer);
    const dialog = this.root.querySelector("dialog:modal"); // what lies outside can't be heard
    (dialog ?? this.home).append(this.element);
    this.element.classList.toggle("toast--quiet", quiet);
    this.element.textContent = text;
    if (!quiet) this.timer = window.setTimeout(() => this.hide(), SHOWN);
  }

  /** Hide it; asked for quiet ones alone, a louder one stays. */
  hide(onlyQuiet = false): void {
    if (!onlyQuiet || this.element.classList.contains("toast--quiet")) {
      this.element.textContent = "";
    }
  }
}
