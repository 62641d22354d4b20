/** Actions on their way: each is held until the kernel says that it is done or refused. */

import type { Fields } from "./fields";
import type { Store } from "./store";

export interface Action {
  id: string;
  do: string;
  at: string;
  fields: Fields;
}

export interface Waiting extends Action {
  /** Names the control that sent it, which shows that it waits. */
  control: string;
  /** Names the form whose drafts it carries. */
  form: string;
}

export class Actions {
  constructor(
    private readonly store: Store<Waiting[]>,
    private readonly post: (action: Action) => void,
  ) {}

  get waiting(): readonly Waiting[] {
    return this.store.get();
  }

  /** Send an action, unless the same control's last one for this step is still on its way. */
  send(action: Waiting): boolean {
    const same = ({ control, at }: Waiting) => control === action.control && at === action.at;
    if (this.waiting.some(same)) return false;
    this.store.set([...this.waiting, action]);
    this.transmit(action);
    return true;
  }

  /** Send again, under the same ids, all that was not answered. */
  resend(): void {
    for (const action of this.waiting) this.transmit(action);
  }

  /** The kernel has answered: forget the action and return it, if it is ours. */
  settle(id: string): Waiting | undefined {
    const settled = this.waiting.find((action) => action.id === id);
    if (settled) this.store.set(this.waiting.filter((action) => action !== settled));
    return settled;
  }

  private transmit({ id, do: name, at, fields }: Waiting): void {
    this.post({ id, do: name, at, fields });
  }
}
