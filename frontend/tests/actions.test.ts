import assert from "node:assert/strict";
import { test } from "node:test";
import { type Action, Actions, type Waiting } from "../src/screen/actions";
import { Store } from "../src/screen/store";

class Shelf implements Storage {
  [name: string]: unknown;
  kept = new Map<string, string>();
  broken = false;
  get length() {
    return this.kept.size;
  }
  clear = () => this.kept.clear();
  key = () => null;
  getItem = (key: string) => this.kept.get(key) ?? null;
  removeItem = (key: string) => void this.kept.delete(key);
  setItem = (key: string, value: string) => {
    if (this.broken) throw new Error("full");
    this.kept.set(key, value);
  };
}

function action(id: string, more: Partial<Waiting> = {}): Waiting {
  return { id, do: "answer", at: "item-1", fields: { a: ["b"] }, control: "c", form: "", ...more };
}

function actionsOn(storage: Storage | undefined) {
  const posted: Action[] = [];
  const store = new Store<Waiting[]>("actions", storage, []);
  return { posted, actions: new Actions(store, (sent) => posted.push(sent)) };
}

test("what is sent is what the contract says and nothing else", () => {
  const { posted, actions } = actionsOn(new Shelf());
  actions.send(action("1"));
  assert.deepEqual(posted, [{ id: "1", do: "answer", at: "item-1", fields: { a: ["b"] } }]);
});

test("an action waits until it is answered, over a reload, under the same id", () => {
  const shelf = new Shelf();
  actionsOn(shelf).actions.send(action("1"));
  const { posted, actions } = actionsOn(shelf);
  actions.resend();
  assert.deepEqual(
    posted.map(({ id }) => id),
    ["1"],
  );
  assert.equal(actions.settle("1")?.id, "1");
  assert.equal(actionsOn(shelf).actions.waiting.length, 0);
});

test("a second tap on a control whose action is on its way does nothing", () => {
  const { posted, actions } = actionsOn(new Shelf());
  assert.equal(actions.send(action("1")), true);
  assert.equal(actions.send(action("2")), false);
  assert.equal(actions.send(action("3", { at: "item-2" })), true);
  assert.equal(actions.send(action("4", { control: "other" })), true);
  assert.equal(posted.length, 3);
});

test("an answer to somebody else's action changes nothing", () => {
  const { actions } = actionsOn(new Shelf());
  actions.send(action("1"));
  assert.equal(actions.settle("2"), undefined);
  assert.equal(actions.waiting.length, 1);
});

test("where nothing can be stored actions are held in memory", () => {
  const shelf = new Shelf();
  shelf.broken = true;
  for (const storage of [shelf, undefined]) {
    const { posted, actions } = actionsOn(storage);
    actions.send(action("1"));
    actions.resend();
    assert.equal(posted.length, 2);
  }
});

test("what can't be read begins empty", () => {
  const shelf = new Shelf();
  shelf.kept.set("actions", "{half");
  assert.deepEqual(actionsOn(shelf).actions.waiting, []);
});
