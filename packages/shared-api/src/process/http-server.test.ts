import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPlaces } from "../limits/places.ts";
import { createHttpServer } from "./http-server.ts";

/** A request that hides in another one, or follows it. */
const hidden = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";
const get = (headers: string) => `GET /a HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
const post = (headers: string, body = `0\r\n\r\n${hidden}`) =>
  `POST /a HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n${body}`;
const chunked = (body: string) => post("Transfer-Encoding: chunked\r\n", `${body}\r\n0\r\n\r\n${hidden}`);
const sized = (length: string) => post(`Content-Length: ${length}\r\n`, `hello${hidden}`);

/** What two readers could take for different requests; each ends with one that must not be taken for itself. */
const unclear: Record<string, Record<string, string>> = {
  "a length and chunks": {
    "length first": post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n"),
    "chunks first": post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"),
    "a tab": post("Transfer-Encoding:\tchunked\r\nContent-Length: 5\r\n"),
    folded: post("X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
    "behind LF": post("X: a\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
    "behind CR": post("X: a\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
  },
  "another coding than chunks": {
    "before them": post("Transfer-Encoding: identity, chunked\r\n"),
    compressed: post("Transfer-Encoding: gzip, chunked\r\n"),
    "after them": post("Transfer-Encoding: chunked, identity\r\n"),
    alone: post("Transfer-Encoding: identity\r\n"),
    "in another header before": post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n"),
    "in another header behind": post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
    twice: post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
    "of a like name": post("Transfer-Encoding: xchunked\r\n"),
    quoted: post('Transfer-Encoding: "chunked"\r\n'),
    "behind a vertical tab": post("Transfer-Encoding: \u000bchunked\r\n"),
    "on a line of its own": post("Transfer-Encoding:\r\n chunked\r\n"),
    "in a version that knows none": post("Transfer-Encoding: chunked\r\n").replace("1.1", "1.0"),
    "there, kept alive": post("Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n").replace("1.1", "1.0"),
  },
  "a length that is none": {
    twice: post("Content-Length: 5\r\nContent-Length: 6\r\n", `hello${hidden}`),
    "twice the same": post("Content-Length: 5\r\nContent-Length: 5\r\n", `hello${hidden}`),
    ...Object.fromEntries(
      ["5, 5", "+5", "-5", "0x5", "5x", "5 6", "", "5.0", "18446744073709551621"].map((text) => [text, sized(text)]),
    ),
  },
  "line ends and spaces": {
    "LF only": get("").replaceAll("\r", "") + hidden,
    "LF behind a header": get("X: a\n") + hidden,
    "LF at the end": `${get("").slice(0, -2)}\n${hidden}`,
    "a space before the colon": post("Content-Length : 44\r\n", hidden),
    "a space in a name": get("X Y: a\r\n") + hidden,
    "a space before a name": get(" X: a\r\n") + hidden,
    "no name": get(": a\r\n") + hidden,
    "no colon": get("GET /hidden HTTP/1.1\r\n") + hidden,
    "a folded header": get("X: a\r\n b\r\n") + hidden,
    NUL: get("X: a\u0000b\r\n") + hidden,
    "a space in the path": get("").replace("/a", "/a b") + hidden,
  },
  "chunks that are none": {
    ...Object.fromEntries(
      ["0x5", "-5", "+5", "5 ", " 5", "", "7", "10000000000000005"].map((size) => [
        `size ${size}`,
        chunked(`${size}\r\nhello`),
      ]),
    ),
    "LF behind the size": chunked("5\nhello"),
    "CR behind the size": chunked("5\rhello"),
    "LF behind an extension": chunked("5;a\nhello"),
    "LF behind the data": chunked("5\r\nhello\n"),
    "more than the size": chunked("5\r\nhello!!"),
    "a trailer with a length": post("Transfer-Encoding: chunked\r\n", `0\r\nContent-Length: 44\r\n\r\n${hidden}`),
    "LF behind the last": post("Transfer-Encoding: chunked\r\n", `0\r\n\n${hidden}`),
  },
  "what comes behind a refusal": {
    "of two hosts": get("Host: localhost\r\n") + hidden,
    "of no host": `GET /a HTTP/1.1\r\n\r\n${hidden}`,
    "of a host that is none": `GET /a HTTP/1.1\r\nHost: a b\r\n\r\n${hidden}`,
    "of an expectation": get("Expect: banana\r\n") + hidden,
    "of a coding": post("Transfer-Encoding: gzip, chunked\r\n", `0\r\n\r\n${hidden}${hidden}`),
    "of another version": get("").replace("1.1", "2.0") + hidden,
    "of garbage": `GARBAGE\r\n\r\n${hidden}`,
    "of CONNECT": `CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n${hidden}`,
  },
};

describe("a request that readers could disagree on", () => {
  let server: Server;
  const reached: string[] = [];

  beforeAll(async () => {
    const fetch = async (request: Request) => {
      reached.push(new URL(request.url).pathname);
      return new Response(await request.text());
    };
    const places = openPlaces({ most: 8 });
    server = createHttpServer({ product: "bestays", frontendUrl: "http://a", fetch, places, onRefused: () => {} });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => reached.splice(0));

  /** All that comes back until the server closes. */
  async function send(text: string): Promise<string> {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    let answer = "";
    socket.on("error", () => {}); // closed while we still wrote
    socket.on("data", (bytes) => {
      answer += bytes;
    });
    socket.write(text, "latin1");
    await once(socket, "close");
    return answer;
  }

  describe.each(Object.entries(unclear))("by %s", (_, cases) => {
    it.each(Object.entries(cases))("%s", async (_, text) => {
      const answer = await send(text);
      expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([expect.stringMatching(/ 4\d\d$/)]);
      expect(answer.toLowerCase()).toContain("connection: close");
      expect(reached).not.toContain("/hidden");
    });
  });

  it("is let go though its sender does not close", async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => {});
    socket.resume().write("GARBAGE\r\n\r\n");
    await once(socket, "end");
    const open = () => promisify(server.getConnections.bind(server))();
    await expect.poll(open).toBe(0);
    socket.destroy();
  });

  it("is not one that is plain, alone or before another", async () => {
    const closing = get("Connection: close\r\n");
    for (const text of [
      hidden,
      post("Transfer-Encoding: Chunked\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n"),
      post("Content-Length: 5\r\n", "hello"),
    ])
      expect((await send(text + closing)).match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200"]);
    expect(reached).toContain("/hidden");
  });
});
