import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import type { Comm, Kernel as KernelType, State } from "../src/kernel";
import { decode, encode } from "../src/protocol";

/** A websocket that the test opens, closes and speaks through. */
class Line {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  static all: Line[] = [];
  readyState = Line.CONNECTING;
  sent: ArrayBuffer[] = [];
  onopen?: (() => void) | null;
  onclose?: (() => void) | null;
  onmessage?: ((event: { data: ArrayBuffer }) => void) | null;

  constructor(readonly url: string) {
    Line.all.push(this);
  }
  send(data: ArrayBuffer) {
    this.sent.push(data);
  }
  close() {
    this.readyState = Line.CLOSED;
  }
  open() {
    this.readyState = Line.OPEN;
    this.onopen?.();
  }
  cut() {
    this.readyState = Line.CLOSED;
    this.onclose?.();
  }
  say(type: string, content: object, parent = "") {
    const message = { header: { msg_type: type }, parent_header: { msg_id: parent }, content };
    this.onmessage?.({ data: encode("iopub", message) });
  }
}

let seen = () => {}; // what a page does when it is seen again
const page = { hidden: false, addEventListener: (_: string, wake: () => void) => (seen = wake) };
let status = 200;
let now = 0;
let Kernel: typeof KernelType;
let states: State[];

beforeEach(async () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  Line.all = [];
  states = [];
  now = 1000;
  status = 200;
  Object.assign(globalThis, {
    WebSocket: Line,
    document: page,
    window: globalThis,
    addEventListener: () => undefined,
    fetch: async () => ({ status }),
  });
  performance.now = () => now;
  ({ Kernel } = await import("../src/kernel"));
});

const connect = () =>
  new Kernel("http://house/api/kernels/k", (state) => void states.push(state), 4000);
const line = () => Line.all.at(-1)!;
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
function pass(ms: number) {
  for (let gone = 0; gone < ms; gone += 500) {
    now += 500;
    mock.timers.tick(500);
  }
}

test("what is sent before the line is up goes out when it is", () => {
  const kernel = connect();
  kernel.send("shell", "comm_msg", { comm_id: "c" });
  assert.equal(line().sent.length, 0);
  line().open();
  assert.equal(decode(line().sent[0]!).content.comm_id, "c");
  assert.match(line().url, /^ws:\/\/house\/api\/kernels\/k\/channels\?session_id=/);
  assert.deepEqual(states, ["ok"]);
});

test("a cut line is mended, in the same session", async () => {
  connect();
  line().open();
  const { url } = line();
  line().cut();
  await settle();
  pass(500);
  line().open();
  assert.equal(Line.all.length, 2);
  assert.equal(line().url, url);
  assert.deepEqual(states, ["ok", "lost", "ok"]);
});

test("a kernel that the server no longer knows is gone for good", async () => {
  connect();
  line().open();
  status = 404;
  line().cut();
  await settle();
  pass(20_000);
  assert.deepEqual(states, ["ok", "lost", "dead"]);
  assert.equal(Line.all.length, 1);
});

test("a server that is away is asked again and again", async () => {
  connect();
  line().open();
  status = 503;
  line().cut();
  for (let round = 0; round < 3; round++) {
    await settle();
    pass(5000);
    line().cut();
  }
  assert.equal(Line.all.length, 4);
  assert.equal(states.at(-1), "lost");
});

test("silence is told within 10 s, and its end at the first word", () => {
  connect();
  line().open();
  pass(7500);
  assert.deepEqual(states, ["ok", "silent"]);
  assert.equal(decode(line().sent[0]!).channel, "control");
  now += 1;
  line().say("status", { execution_state: "idle" });
  assert.deepEqual(states, ["ok", "silent", "ok"]);
});

test("a half-open line is given up and made anew", async () => {
  connect();
  line().open();
  pass(12_000);
  await settle();
  pass(500);
  assert.equal(Line.all.length, 2);
});

test("whoever answers is asked only now and then", () => {
  connect();
  line().open();
  for (let second = 0; second < 60; second++) {
    pass(1000);
    now += 1;
    if (line().sent.length > second / 4) line().say("status", { execution_state: "idle" });
  }
  assert.ok(line().sent.length <= 16);
  assert.deepEqual(states, ["ok"]);
});

test("a page that nobody sees asks nothing", () => {
  connect();
  line().open();
  page.hidden = true;
  pass(120_000);
  page.hidden = false;
  assert.equal(line().sent.length, 0);
});

test("a phone that wakes up on a dead line says so within 3 s", () => {
  connect();
  line().open();
  page.hidden = true;
  pass(120_000);
  page.hidden = false;
  seen();
  pass(3000);
  assert.deepEqual(states, ["ok", "silent"]);
});

test("a kernel that dies is told at once", async () => {
  connect();
  line().open();
  line().say("status", { execution_state: "dead" });
  await settle();
  assert.deepEqual(states, ["ok", "dead"]);
});

test("messages are handled in order, each after the one before is done", async () => {
  const kernel = connect();
  const done: string[] = [];
  let release = () => {};
  kernel.onOpen = async (comm: Comm) => {
    await new Promise<void>((resolve) => (release = resolve));
    done.push("opened");
    comm.on_msg(() => done.push("told"));
  };
  line().open();
  line().say("comm_open", { comm_id: "c", target_name: "jupyter.widget" });
  line().say("comm_msg", { comm_id: "c" });
  await settle();
  assert.deepEqual(done, []);
  release();
  await settle();
  assert.deepEqual(done, ["opened", "told"]);
});
