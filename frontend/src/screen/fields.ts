/** Form fields as lists of texts: read from forms, put back into them. */

export type Fields = Record<string, string[]>;
export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const TYPED = "input[name]:not([type=hidden], [type=password], [type=file], [type=submit])";
/** What a person enters and may lose: never a password; of hidden fields only an order. */
export const ENTERED = [
  TYPED,
  "textarea[name]",
  "select[name]",
  "input[data-filter]",
  "[data-behaviour=order] input[type=hidden][name]",
].join(", ");

/** The texts of `data-with`, each as a list of one. */
export function withOf(element: HTMLElement): Fields {
  const given: Record<string, unknown> = JSON.parse(element.dataset.with || "{}");
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : [String(value)],
    ]),
  );
}

/** What a form sends: its texts, no files, and the button that was pressed. */
export function fieldsOf(form: HTMLFormElement, pressed: HTMLElement | null): Fields {
  const fields = withOf(form);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") (fields[name] ??= []).push(value);
  }
  if (pressed instanceof HTMLButtonElement && pressed.name) {
    (fields[pressed.name] ??= []).push(pressed.value);
  }
  return pressed ? { ...fields, ...withOf(pressed) } : fields;
}

type Tick = HTMLInputElement & { type: "radio" | "checkbox" };
const ticked = (field: Field): field is Tick => /^(radio|checkbox)$/.test(field.type);

/** What is entered in the fields of one name. */
export function valuesOf(fields: Field[]): string[] {
  return fields.flatMap((field) => {
    if (ticked(field)) return field.checked ? [field.value] : [];
    if (field instanceof HTMLSelectElement) return [...field.selectedOptions].map((o) => o.value);
    return [field.value];
  });
}

/** Whether anything differs from what the server has drawn. */
export function isTouched(field: Field): boolean {
  if (ticked(field)) return field.checked !== field.defaultChecked;
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    if (!field.multiple && !options.some((option) => option.defaultSelected)) {
      return field.selectedIndex > 0; // nothing is marked, so the first was shown as chosen
    }
    return options.some((option) => option.selected !== option.defaultSelected);
  }
  return field.value !== field.defaultValue;
}

/** Enter values into the fields of one name, attributes too, so that a morph takes them over. */
export function enter(fields: Field[], values: string[]): void {
  fields.forEach((field, index) => {
    if (ticked(field)) {
      field.checked = values.includes(field.value);
      field.toggleAttribute("checked", field.checked);
    } else if (field instanceof HTMLSelectElement) {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else if (field instanceof HTMLTextAreaElement) {
      field.textContent = values[index] ?? "";
    } else {
      field.setAttribute("value", values[index] ?? "");
    }
  });
  const list = fields[0]?.closest<HTMLElement>("[data-behaviour=order]");
  if (list) enterOrder(list, values);
}

function enterOrder(list: HTMLElement, values: string[]): void {
  const items = Array.from(list.children) as HTMLElement[];
  const known = items.map((item) => item.dataset.value ?? "");
  items.forEach((item, index) => {
    item.querySelector("input[type=hidden]")?.setAttribute("value", known[index]!);
  });
  if ([...known].sort().join("\n") !== [...values].sort().join("\n")) return; // another question
  list.append(...values.map((value) => items[known.indexOf(value)]!));
}
