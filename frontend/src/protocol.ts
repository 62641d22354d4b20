/** Jupyter's messages, and their binary form: websocket protocol v1.kernel.websocket.jupyter.org. */

export const SUBPROTOCOL = "v1.kernel.websocket.jupyter.org";

export type Channel = "shell" | "control" | "iopub";
export type Buffers = (ArrayBuffer | ArrayBufferView)[];
/** What a kernel says; whoever reads it knows what to expect. */
export type Fields = Record<string, any>;

export type Message = Record<"header" | "parent_header" | "metadata" | "content", Fields> & {
  channel: Channel;
  buffers: DataView[];
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Make a random id; `crypto.randomUUID` would need https, which a page in an office network lacks. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf(buffer: Buffers[number]): Uint8Array {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** Write a message: how many offsets, the offsets, then the parts; numbers have 64 bits. */
export function encode(channel: Channel, message: Fields, buffers: Buffers = []): ArrayBuffer {
  const { header, parent_header = {}, metadata = {}, content } = message;
  const objects = [header, parent_header, metadata, content].map((part) => JSON.stringify(part));
  const texts = [channel, ...objects].map((text) => encoder.encode(text));
  const parts = [...texts, ...buffers.map(bytesOf)];
  const offsets = [8 * (parts.length + 2)];
  for (const part of parts) offsets.push(offsets.at(-1)! + part.byteLength);
  const bytes = new Uint8Array(offsets.at(-1)!);
  const view = new DataView(bytes.buffer);
  const write = (number: number, i: number) => view.setBigUint64(8 * i, BigInt(number), true);
  [offsets.length, ...offsets].forEach(write);
  parts.forEach((part, index) => bytes.set(part, offsets[index]));
  return bytes.buffer;
}

/** Read a message; its buffers are copies, so that typed arrays may lie on them. */
export function decode(data: ArrayBuffer): Message {
  const view = new DataView(data);
  const number = (index: number) => Number(view.getBigUint64(8 * index, true));
  const part = (index: number) => data.slice(number(index + 1), number(index + 2));
  const text = (index: number) => decoder.decode(part(index));
  const [header, parent_header, metadata, content] = [1, 2, 3, 4].map((i) => JSON.parse(text(i)));
  const buffers = Array.from({ length: number(0) - 6 }, (_, i) => new DataView(part(i + 5)));
  return { channel: text(0) as Channel, header, parent_header, metadata, content, buffers };
}
