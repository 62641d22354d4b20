import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode, newId } from "../src/protocol";

const MESSAGE = {
  header: { msg_id: "1", msg_type: "comm_msg" },
  parent_header: { msg_id: "0" },
  metadata: { version: "2.1.0" },
  content: { data: { text: "客户 “quoted”" } },
};

test("a message comes back as it was written, buffers too", () => {
  const buffers = [new Uint8Array([1, 2, 3]).buffer, new Float64Array([0.5])];
  const read = decode(encode("shell", MESSAGE, buffers));
  const { channel, buffers: readBuffers, ...objects } = read;
  assert.equal(channel, "shell");
  assert.deepEqual(objects, MESSAGE);
  assert.deepEqual(new Uint8Array(readBuffers[0]!.buffer), new Uint8Array([1, 2, 3]));
  assert.equal(new Float64Array(readBuffers[1]!.buffer)[0], 0.5);
});

test("a view on part of a buffer sends that part alone", () => {
  const whole = new Uint8Array([9, 1, 2, 9]);
  const read = decode(encode("shell", MESSAGE, [whole.subarray(1, 3)]));
  assert.deepEqual(new Uint8Array(read.buffers[0]!.buffer), new Uint8Array([1, 2]));
});

test("the binary form is the one the protocol's document describes", () => {
  const bytes = encode("shell", { header: {}, content: {} });
  const view = new DataView(bytes);
  const numbers = Array.from({ length: 7 }, (_, i) => Number(view.getBigUint64(8 * i, true)));
  assert.deepEqual(numbers, [6, 56, 61, 63, 65, 67, 69]);
  assert.equal(new TextDecoder().decode(bytes.slice(56)), "shell{}{}{}{}");
});

test("ids are random and long enough", () => {
  const ids = new Set(Array.from({ length: 1000 }, newId));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});
