import { describe, expect, it } from "vitest";
import { openAddressOf } from "./client-address.ts";

const addressOf = openAddressOf(["10.0.0.0/8", "127.0.0.1", "2001:db8:ffff::/48", "::ffff:192.168.0.0/112"]);

describe("a client's address", () => {
  it("is the connection's, whatever a client that is no proxy says", () => {
    expect(addressOf("203.0.113.7", "198.51.100.1")).toBe("203.0.113.7");
    expect(addressOf("203.0.113.7", undefined)).toBe("203.0.113.7");
    expect(openAddressOf([])("127.0.0.1", "198.51.100.1")).toBe("127.0.0.1");
  });

  it("is the last one that no trusted proxy has, so that what a client wrote itself counts for nothing", () => {
    expect(addressOf("10.0.0.1", "198.51.100.1")).toBe("198.51.100.1");
    expect(addressOf("10.0.0.1", "1.1.1.1, 10.9.9.9, 198.51.100.1")).toBe("198.51.100.1");
    expect(addressOf("10.0.0.1", "1.1.1.1,198.51.100.1 , 10.2.3.4,127.0.0.1")).toBe("198.51.100.1");
    expect(addressOf("::ffff:10.0.0.1", "198.51.100.1")).toBe("198.51.100.1");
    expect(addressOf("192.168.0.9", "198.51.100.1")).toBe("198.51.100.1");
  });

  it("is the proxy's own where it names nobody, or something that is no address", () => {
    expect(addressOf("10.0.0.1", undefined)).toBe("10.0.0.1");
    for (const junk of ["", "unknown", "_hidden", "1.2.3", "198.51.100.1, oops", "'; drop", "999.1.1.1"]) {
      expect([junk, addressOf("10.0.0.1", junk)]).toEqual([junk, "10.0.0.1"]);
    }
    expect(addressOf("10.0.0.1", "10.1.1.1, 10.2.2.2")).toBe("10.1.1.1");
  });

  it("is one for a customer's whole IPv6 network, and for each spelling of an address", () => {
    const network = "2001:db8:1:2::/64";
    for (const text of ["2001:db8:1:2::1", "2001:0DB8:0001:0002:aaaa:bbbb:cccc:dddd", "[2001:db8:1:2::9]:4711"]) {
      expect(addressOf("10.0.0.1", text)).toBe(network);
    }
    expect(addressOf("2001:db8:1:3::1", undefined)).not.toBe(network);
    expect(addressOf("::1", undefined)).toBe("0:0:0:0::/64");
    expect(addressOf("fe80::1%eth0", undefined)).toBe("fe80:0:0:0::/64");
    for (const text of ["198.51.100.1", "198.51.100.1:4711", "::ffff:198.51.100.1", "::ffff:c633:6401"]) {
      expect(addressOf("2001:db8:ffff::1", text)).toBe("198.51.100.1");
    }
  });

  it("is nothing without a connection", () => expect(addressOf(undefined, "198.51.100.1")).toBeUndefined());
});
