import type { FrontDeskEvent } from "@whitelabel/shared-db";

const encoder = new TextEncoder();
export const encode = (text: string): Uint8Array => encoder.encode(text);

/** What a client that was lost waits before it comes back; the end of a stream says its own. */
const RETRY_MS = 1_000;

/** An event as it is on the wire, made once for all listeners. */
export function frameOf(event: FrontDeskEvent): string {
  const known = frames.get(event);
  if (known !== undefined) return known;
  const { position, kind, property_id, entity, entity_id, created_at } = event;
  const data = JSON.stringify({ position, kind, property_id, entity, entity_id, created_at });
  // A kind is ours and has no line break; JSON has none either.
  const frame = `id: ${position}\nevent: ${kind}\ndata: ${data}\n\n`;
  frames.set(event, frame);
  return frame;
}

const frames = new WeakMap<FrontDeskEvent, string>();

/** The first of a new stream: what comes after this position will be told. */
export const ready = (position: number) => `retry: ${RETRY_MS}\n${named("ready", position)}`;
/** The first of one that goes on, so that the client sees that it is connected. */
export const resumed = () => `retry: ${RETRY_MS}\n: resumed\n\n`;
/** What was missed is not known any more: read the lists anew, and go on from here. */
export const reset = (position: number) => `retry: ${RETRY_MS}\n${named("reset", position)}`;
/** Moves a client's position past events that were not for them. By the standard an id without data is no event. */
export const heartbeat = (position: number | undefined) =>
  position === undefined ? ": heartbeat\n\n" : `: heartbeat\nid: ${position}\n\n`;
export const comeBack = (ms: number) => `retry: ${Math.round(ms)}\n: come back\n\n`;

const named = (name: "ready" | "reset", position: number) =>
  `id: ${position}\nevent: ${name}\ndata: ${JSON.stringify({ position })}\n\n`;
