/** A value that outlives the page where the browser allows it, and the moment where it doesn't. */

export class Store<T> {
  private value: T;

  constructor(
    private readonly key: string,
    private readonly storage: Storage | undefined,
    empty: T,
  ) {
    this.value = empty;
    try {
      this.value = JSON.parse(storage?.getItem(key) ?? "null") ?? empty;
    } catch {
      // unreadable or forbidden: begin empty
    }
  }

  get(): T {
    return this.value;
  }

  set(value: T): void {
    this.value = value;
    try {
      this.storage?.setItem(this.key, JSON.stringify(value));
    } catch {
      // full or forbidden (private mode): it is kept while the page is open
    }
  }
}

/** The tab's own storage, if the browser gives any. */
export function tabStorage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** Names what a page keeps: by address, by who is signed in, by which screen of the page. */
export function keptAs(el: HTMLElement): string | undefined {
  const place = Array.from(document.querySelectorAll(".widget-host")).indexOf(el);
  if (place < 0) return undefined; // in a notebook a screen may be shown anywhere: memory alone
  return [
    document.documentElement.dataset.person ?? "",
    location.pathname + location.search,
    place,
  ].join(" ");
}
