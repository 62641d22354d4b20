/** A button that waits for a field: `data-needs` names the fields of its form that need a value. */

import type { Behaviour } from "../stage";

export const needs: Behaviour = (stage) => {
  function refresh(): void {
    for (const button of stage.all<HTMLButtonElement>("button[data-needs]")) {
      if (!button.form) continue;
      const data = new FormData(button.form);
      const filled = (name: string) =>
        data.getAll(name).some((value) => typeof value === "string" && value.trim());
      button.disabled = !button.dataset.needs!.split(" ").every(filled);
    }
  }

  for (const type of ["input", "change"] as const) stage.on(type, "form", refresh);
  return refresh;
};
