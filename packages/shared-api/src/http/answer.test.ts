import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { Answer } from "./answer.ts";

const request = { method: "GET", httpVersionMajor: 1, httpVersionMinor: 1 } as IncomingMessage;
const ready = () => {
  const answer = new Answer(request).writeHead(200, { "content-length": "2" });
  answer.end("ok");
  return answer;
};
const ended = (answers: readonly Answer[]) => answers.filter(({ writableEnded }) => writableEnded).length;

describe("answers that are ready in one turn of the loop", () => {
  it("are sent at its end, one behind the other", async () => {
    const answers = [ready(), ready(), ready()];
    expect(ended(answers)).toBe(0);
    await turn();
    expect(ended(answers)).toBe(3);
  });

  it("do not wait for more than 64", async () => {
    const answers = Array.from({ length: 70 }, ready);
    expect(ended(answers)).toBe(64);
    await turn();
    expect(ended(answers)).toBe(70);
  });

  it("are lost for no other that cannot be sent", async () => {
    const broken = new Answer(request).writeHead(200);
    broken.end(5 as unknown as string);
    const other = ready();
    await turn();
    expect([broken.destroyed, other.writableEnded]).toEqual([true, true]);
  });

  it("are sent before whoever gave them ends the connection", () => {
    const answer = ready();
    answer.end("another");
    answer.destroy();
    expect([answer.writableEnded, answer.destroyed]).toEqual([true, true]);
  });

  it("tell at once that their head is refused", () => {
    const answer = new Answer(request);
    expect(() => answer.end(5 as unknown as string)).toThrow("chunk");
  });

  it("are whole, end once, call back, and come in order on a connection that asked for several", async () => {
    let called = 0;
    const server = createServer({ ServerResponse: Answer }, ({ url }, answer) => {
      answer.writeHead(200, { "content-length": "2" });
      if (url === "/parts") answer.write("o");
      answer.end(url === "/parts" ? "k" : Buffer.from(`${url}`), () => {
        called += 1;
      });
      answer.end("no");
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    const get = (path: string, more = "") => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
    socket.end(get("/1") + get("/parts") + get("/3", "Connection: close\r\n"));
    let text = "";
    for await (const bytes of socket) text += bytes;
    expect(text.split(/HTTP\/1\.1 200 OK\r\n.*?\r\n\r\n/s)).toEqual(["", "/1", "ok", "/3"]);
    expect(called).toBe(3);
  });
});
