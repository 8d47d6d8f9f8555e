import { describe, expect, it } from "vitest";
import { openParser } from "./parse-events.ts";

const text = [
  "retry: 200",
  ": a comment",
  "",
  "id: 1",
  "event: change",
  'data: {"a":1}',
  "",
  "data: first",
  "data:second",
  "data",
  "",
  "id: 9",
  "event: reset",
  "",
  "id",
  "data: no position",
  "",
  "data: never finished",
].join("\n");

const expected = [
  { id: "1", event: "change", data: '{"a":1}' },
  { id: "1", event: "message", data: "first\nsecond\n" },
  { id: "9", event: "reset", data: undefined },
  { id: "", event: "message", data: "no position" },
];

function parseAll(pieces: Iterable<string>) {
  const retries: number[] = [];
  const { parse } = openParser({ lastEventId: "", onRetry: (ms) => retries.push(ms) });
  return { events: [...pieces].flatMap((piece) => parse(piece)), retries };
}

describe("a stream of events", () => {
  it("is read whole", () => {
    expect(parseAll([text])).toEqual({ events: expected, retries: [200] });
  });

  it.each(["\n", "\r", "\r\n"])("is read the same letter by letter, with lines that end in %j", (end) => {
    expect(parseAll(text.replaceAll("\n", end))).toEqual({ events: expected, retries: [200] });
  });

  it("is read the same when it is cut anywhere", () => {
    const windows = text.replaceAll("\n", "\r\n");
    for (let at = 1; at < windows.length; at += 1) {
      expect(parseAll([windows.slice(0, at), windows.slice(at)]).events).toEqual(expected);
    }
  });

  it("goes on from the position it was resumed at", () => {
    expect(openParser({ lastEventId: "41" }).parse("data: x\n\n")).toEqual([{ id: "41", event: "message", data: "x" }]);
  });

  it("knows a position that comes without an event, but not that of half an event", () => {
    const { parse, position } = openParser({ lastEventId: "1" });
    const seen = ["", ": heartbeat\nid: 5\n", "\n", "id: 6\ndata: x\n", "\n"].map((text) => {
      parse(text);
      return position();
    });
    expect(seen).toEqual(["1", "1", "5", "5", "6"]);
  });

  it("ignores a position that could not be sent back and a retry that is no number", () => {
    const retries: number[] = [];
    const { parse } = openParser({ lastEventId: "7", onRetry: (ms) => retries.push(ms) });
    expect(parse("id: a\0b\nretry: soon\nretry: -1\ndata: x\n\n")[0]?.id).toBe("7");
    expect(retries).toEqual([]);
  });
});
