// A server that speaks as much of PostgreSQL's protocol as a start asks for, so that the build can compile what reads the
// answers. It holds nothing, and nothing is tested by it.
const { createHmac, pbkdf2Sync, randomBytes } = require("node:crypto");
const { createServer } = require("node:net");

/** The SCRAM exchange is checked by the client; the password is whatever this server says. */
const PASSWORD = "stand-in";
const [TEXT, BOOLEAN] = [25, 16];

/** Answers each statement by `rowOf(text)`: an object of texts and booleans, or nothing for no row. */
exports.listen = (rowOf, then) => {
  const server = createServer((socket) => {
    const answers = conversation(rowOf);
    let rest = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      const replies = [];
      for (let isFirst = socket.hasBegun !== true; ; isFirst = false) {
        const start = isFirst ? 0 : 1; // only the first message has no letter
        if (rest.length < start + 4 || rest.length < start + rest.readInt32BE(start)) break;
        const end = start + rest.readInt32BE(start);
        replies.push(...answers(isFirst ? "start" : String.fromCharCode(rest[0]), rest.subarray(start + 4, end)));
        rest = rest.subarray(end);
        socket.hasBegun = true;
      }
      if (replies.length > 0) socket.write(Buffer.concat(replies));
    });
  });
  server.listen(0, "127.0.0.1", () => then(`postgres://nobody:${PASSWORD}@127.0.0.1:${server.address().port}`));
};

function conversation(rowOf) {
  const ready = () => message("Z", "I");
  const logins = [scramChallenge, scramEnd];
  let first; // what the client said first of SCRAM
  let row;
  function scramChallenge(said) {
    const bare = said.toString("latin1").slice(said.indexOf("n,,") + 3);
    const challenge = `r=${/r=(.*)/.exec(bare)[1]}stand-in,s=${randomBytes(16).toString("base64")},i=4096`;
    first = { bare, challenge };
    return [message("R", int32(11), challenge)];
  }
  function scramEnd(said) {
    const [, salt] = /s=([^,]+)/.exec(first.challenge);
    const key = hmac(pbkdf2Sync(PASSWORD, Buffer.from(salt, "base64"), 4_096, 32, "sha256"), "Server Key");
    const all = [first.bare, first.challenge, said.toString("latin1").replace(/,p=.*/, "")].join();
    const signature = hmac(key, all).toString("base64");
    return [
      message("R", int32(12), `v=${signature}`),
      message("R", int32(0)),
      message("S", "server_version\0", "18.0\0"),
      message("K", int32(1), int32(1)),
      ready(),
    ];
  }
  const answers = {
    start: () => [message("R", int32(10), "SCRAM-SHA-256\0\0")],
    p: (said) => logins.shift()(said),
    P: (said) => {
      row = rowOf(said.toString("utf8"));
      return [message("1")];
    },
    D: () => [message("t", int16(0)), row ? description(row) : message("n")],
    B: () => [message("2")],
    E: () => rowsOf(row),
    Q: (said) => {
      row = rowOf(said.toString("utf8"));
      return [...(row ? [description(row)] : []), ...rowsOf(row), ready()];
    },
    S: () => [ready()],
  };
  return (letter, said) => answers[letter]?.(said) ?? [];
}

function description(row) {
  const columns = Object.entries(row).map(([name, value]) => {
    const type = int32(typeof value === "boolean" ? BOOLEAN : TEXT);
    return Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), type, int16(-1), int32(-1), int16(0)]);
  });
  return message("T", int16(columns.length), ...columns);
}

function rowsOf(row) {
  if (!row) return [message("C", "SELECT 0\0")];
  const values = Object.values(row).map((value) => Buffer.from(typeof value === "boolean" ? String(value)[0] : value));
  const data = values.flatMap((value) => [int32(value.length), value]);
  return [message("D", int16(values.length), ...data), message("C", "SELECT 1\0")];
}

function message(letter, ...parts) {
  const body = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  return Buffer.concat([Buffer.from(letter), int32(body.length + 4), body]);
}

const hmac = (key, text) => createHmac("sha256", key).update(text).digest();

function int32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}
