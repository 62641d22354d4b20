/** A table that sorts by its headings and filters by a text field. */

import type { Behaviour } from "../stage";

type Kind = "text" | "number";
interface Sorting {
  column: number;
  kind: Kind;
  direction: "ascending" | "descending";
}

const TABLE = "table[data-behaviour=table]";

function rowsOf(table: HTMLTableElement): HTMLTableRowElement[] {
  return Array.from(table.tBodies).flatMap((body) => Array.from(body.rows));
}

function valueOf(row: HTMLTableRowElement, { column, kind }: Sorting): string | number {
  const cell = row.cells[column];
  const text = (cell?.dataset.value ?? cell?.textContent ?? "").trim();
  if (kind === "text") return text;
  const digits = text.replace(/[,，\s]/g, "").replace("−", "-");
  return Number.parseFloat(/-?\d+(\.\d+)?/.exec(digits)?.[0] ?? "");
}

/** Missing numbers come last in either direction. */
function compare(a: string | number, b: string | number, sign: number): number {
  if (typeof a === "string" || typeof b === "string") {
    return sign * String(a).localeCompare(String(b), document.documentElement.lang || undefined);
  }
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sign * (a - b);
}

function sort(table: HTMLTableElement, sorting: Sorting): void {
  const sign = sorting.direction === "ascending" ? 1 : -1;
  const rows = rowsOf(table).map((row) => ({ row, value: valueOf(row, sorting) }));
  rows.sort((one, other) => compare(one.value, other.value, sign));
  table.tBodies[0]?.append(...rows.map(({ row }) => row));
  for (const button of table.querySelectorAll<HTMLElement>("th [data-sort]")) {
    const heading = button.closest("th")!;
    const chosen = heading.cellIndex === sorting.column;
    heading.setAttribute("aria-sort", chosen ? sorting.direction : "none");
  }
}

export const table: Behaviour = (stage) => {
  const sortings = new WeakMap<Element, Sorting>();

  function filter(field: HTMLInputElement): number {
    const filtered = stage.root.querySelector<HTMLTableElement>(field.dataset.filter!);
    const wanted = field.value.trim().toLocaleLowerCase();
    const rows = filtered ? rowsOf(filtered) : [];
    for (const row of rows) row.hidden = !row.textContent!.toLocaleLowerCase().includes(wanted);
    return rows.filter((row) => !row.hidden).length;
  }

  stage.on("click", `${TABLE} th [data-sort]`, (button) => {
    const sorted = button.closest("table")!;
    const column = button.closest("th")!.cellIndex;
    const last = sortings.get(sorted);
    const again = last?.column === column && last.direction === "ascending";
    const kind = button.dataset.sort as Kind;
    const sorting: Sorting = { column, kind, direction: again ? "descending" : "ascending" };
    sortings.set(sorted, sorting);
    sort(sorted, sorting);
  });
  stage.on("input", "[data-filter]", (field) => {
    stage.announce(field, stage.texts.rows(filter(field as HTMLInputElement)));
  });
  return () => {
    for (const drawn of stage.all<HTMLTableElement>(TABLE)) {
      const sorting = sortings.get(drawn);
      if (sorting) sort(drawn, sorting);
    }
    for (const field of stage.all<HTMLInputElement>("[data-filter]"))
      if (field.value) filter(field);
  };
};
