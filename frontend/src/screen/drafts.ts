/** Drafts: what was entered and not yet taken over by the server, by step, form and name. */

import { ENTERED, enter, type Field, type Fields, isTouched, valuesOf } from "./fields";
import type { Store } from "./store";

export type Kept = Record<string, Record<string, string[]>>;
const STEPS = 20; // older ones are let go

/** Names a field on its screen; forms of the same action need an id to be told apart. */
function keyOf(field: Field): string {
  return `${formKey(field.form)} ${field.name || field.dataset.filter}`;
}

export function formKey(form: HTMLElement | null): string {
  return form ? form.id || form.dataset.do || "" : "";
}

function groups(root: ParentNode): Map<string, Field[]> {
  const found = new Map<string, Field[]>();
  for (const field of root.querySelectorAll<Field>(ENTERED)) {
    const key = keyOf(field);
    found.set(key, [...(found.get(key) ?? []), field]);
  }
  return found;
}

export class Drafts {
  constructor(private readonly store: Store<Kept>) {}

  /** Keep what is entered in a field and its namesakes. */
  keep(root: ParentNode, at: string, field: Field): void {
    if (!field.matches(ENTERED)) return;
    const key = keyOf(field);
    this.put(at, { ...this.store.get()[at], [key]: valuesOf(groups(root).get(key) ?? [field]) });
  }

  /** Keep all that was entered before anyone listened. */
  keepTouched(root: ParentNode, at: string): void {
    for (const fields of groups(root).values()) {
      const touched = fields.find(isTouched);
      if (touched) this.keep(root, at, touched);
    }
  }

  /** Put the drafts of a step into a screen. */
  restore(root: ParentNode, at: string): void {
    const kept = this.store.get()[at] ?? {};
    for (const [key, fields] of groups(root)) {
      const values = kept[key];
      if (values) enter(fields, values);
    }
  }

  /** Forget what a form sent; what was typed since then stays. */
  forget(at: string, form: string, sent: Fields): void {
    const kept = { ...this.store.get()[at] };
    for (const [name, values] of Object.entries(sent)) {
      const key = `${form} ${name}`;
      if (kept[key]?.join("\n") === values.join("\n")) delete kept[key];
    }
    this.put(at, kept);
  }

  private put(at: string, kept: Record<string, string[]>): void {
    const { [at]: _, ...others } = this.store.get();
    const older = Object.entries(others).slice(1 - STEPS);
    this.store.set({
      ...Object.fromEntries(older),
      ...(Object.keys(kept).length && { [at]: kept }),
    });
  }
}
