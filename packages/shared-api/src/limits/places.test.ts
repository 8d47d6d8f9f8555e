import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openPlaces, type Place, type Places, placesFor } from "./places.ts";

/** Asks for a place; what came of it, and how to give it back. */
function visitor(places: Places) {
  let place: Place | undefined;
  let became: "waits" | "is in" | "was refused" = "waits";
  places.enter(
    (given) => {
      place = given;
      became = "is in";
    },
    () => {
      became = "was refused";
    },
  );
  return { became: () => became, leave: () => place?.leave(), returnTo: () => place?.returnTo() };
}

const crowd = (places: Places, count: number) => Array.from({ length: count }, () => visitor(places));

describe("places", () => {
  it("are given to as many as there are, then to whoever waits longest", () => {
    const places = openPlaces({ most: 2 });
    const [one, two, three, four] = crowd(places, 4);
    expect([one, two, three, four].map((each) => each?.became())).toEqual(["is in", "is in", "waits", "waits"]);
    two?.leave();
    two?.leave(); // twice is once
    expect([three?.became(), four?.became()]).toEqual(["is in", "waits"]);
  });

  it("are not waited for longer than is worth it", async () => {
    const places = openPlaces({ most: 1 });
    const [first, ...others] = crowd(places, 3);
    const started = performance.now();
    while (others.some((each) => each.became() === "waits")) await sleep(5);
    expect(performance.now() - started).toBeGreaterThan(20);
    expect(others.map((each) => each.became())).toEqual(["was refused", "was refused"]);
    expect(places.state()).toMatchObject({ taken: 1, waiting: 0, refused: 2 });
    first?.leave();
    expect(visitor(places).became()).toBe("is in");
  });

  it("are waited for by as many as could get one, and by nobody else for a moment", async () => {
    const places = openPlaces({ most: 2 });
    const five = crowd(places, 5);
    await new Promise((resolve) => setImmediate(resolve));
    expect(five.map((each) => each.became())).toEqual(["is in", "is in", "waits", "waits", "was refused"]);
  });

  it("are lent back by whoever waits for a client, who then stands in line like anybody", async () => {
    const places = openPlaces({ most: 1 });
    const slow = visitor(places);
    slow.leave();
    const other = visitor(places);
    expect(other.became()).toBe("is in");
    const back = slow.returnTo();
    other.leave();
    expect(await back).toBe(true);
    expect(visitor(places).became()).toBe("waits");
    slow.leave();
    expect(places.state()).toMatchObject({ taken: 1 });

    const late = openPlaces({ most: 1 });
    const [first] = crowd(late, 1);
    first?.leave();
    visitor(late);
    expect(await first?.returnTo()).toBe(false);
  });

  it("become fewer while even the quickest stand in a queue, and more again afterwards", () => {
    let time = 0;
    const places = openPlaces({ most: 100, now: () => time });
    let visitors: ReturnType<typeof crowd> = [];
    /** More want in than there is room for, and whoever is in stays for so long. */
    const rush = (rounds: number, ms: number) => {
      for (let round = 0; round < rounds; round += 1) {
        visitors = [...visitors, ...crowd(places, 150)].filter((each) => each.became() !== "was refused");
        const inside = visitors.filter((each) => each.became() === "is in");
        visitors = visitors.filter((each) => each.became() === "waits");
        time += ms;
        for (const each of inside) each.leave();
      }
    };
    rush(20, 600);
    expect(places.state().limit).toBe(16);
    rush(20, 300);
    expect(places.state().limit).toBe(100);
  });

  it("become no more than there are by that, however few these are", () => {
    let time = 0;
    const places = openPlaces({ most: 4, now: () => time });
    const [first] = crowd(places, 5);
    time += 600;
    first?.leave();
    expect(places.state().limit).toBe(4);
  });

  it("are fewer while somebody finds no room, and no longer", () => {
    let time = 0;
    const places = openPlaces({ most: 256, mostWhenCrowded: 64, now: () => time });
    const leave = (visitors: ReturnType<typeof crowd>) => {
      for (const each of visitors) each.leave();
    };
    const visitors = crowd(places, 256);
    expect(places.state().limit).toBe(256);
    for (let round = 0; round < 4; round += 1) {
      visitors.push(...crowd(places, 300));
      expect(places.state().limit).toBe(64);
      time += 100;
    }
    leave(visitors);
    leave(visitors); // those, too, who had to wait
    time += 300;

    // A crowd that comes again and again finds all in.
    for (let round = 0; round < 5; round += 1) {
      const again = crowd(places, 200);
      expect(again.map((each) => each.became())).toEqual(again.map(() => "is in"));
      again[0]?.leave();
      expect(places.state().limit).toBe(256);
      leave(again);
      time += 300;
    }
  });

  it("are as many as 200 at once need, and when crowded as the connections of the pool", () => {
    expect(placesFor({ poolSize: 10, maxOverflow: 20 })).toEqual({ most: 256, mostWhenCrowded: 48 });
    expect(placesFor({ poolSize: 100, maxOverflow: 100 })).toEqual({ most: 400, mostWhenCrowded: 200 });
  });

  it("stay as many while slow requests are few", () => {
    let time = 0;
    const places = openPlaces({ most: 100, now: () => time });
    for (let round = 0; round < 20; round += 1) {
      const inside = crowd(places, 50);
      time += 2_000;
      for (const each of inside) each.leave();
    }
    expect(places.state().limit).toBe(100);
  });

  it("tell how many were refused once in a while, not each time", async () => {
    const told: number[] = [];
    const places = openPlaces({ most: 1, onRefusals: (count) => told.push(count) });
    crowd(places, 6);
    while (told.length === 0) await sleep(20);
    expect(told).toEqual([5]);
  });
});
