/** An event as it is on the wire; `id` is the last one that was sent, `data` undefined if it has none. */
export type RawEvent = { id: string; event: string; data: string | undefined };

type Hooks = Readonly<{
  lastEventId: string;
  onRetry?: (ms: number) => void;
}>;

/** The events of a `text/event-stream`, as the HTML standard reads them, piece by piece. */
export function openParser({ lastEventId, onRetry }: Hooks) {
  let rest = "";
  let id = lastEventId;
  let position = lastEventId;
  let event = "";
  let data: string[] = [];

  function take(line: string): RawEvent | undefined {
    if (line === "") return dispatch();
    const [, field = "", value = ""] = /^([^:]*)(?:: ?([\s\S]*))?$/.exec(line) ?? [];
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id" && !value.includes("\0")) id = value;
    else if (field === "retry" && /^\d+$/.test(value)) onRetry?.(Number(value));
    return undefined;
  }

  /** An event without data is none by the standard; with a name it still says something, `reset` for one. */
  function dispatch(): RawEvent | undefined {
    position = id;
    const found = data.length > 0 || event !== "";
    const raw = { id, event: event || "message", data: data.length > 0 ? data.join("\n") : undefined };
    event = "";
    data = [];
    return found ? raw : undefined;
  }

  /** The events that this piece completes. */
  function parse(text: string): RawEvent[] {
    rest += text;
    const events: RawEvent[] = [];
    // A CR at the end may be half of a CRLF.
    for (let end = /\r\n|\n|\r(?!$)/.exec(rest); end; end = /\r\n|\n|\r(?!$)/.exec(rest)) {
      const found = take(rest.slice(0, end.index));
      rest = rest.slice(end.index + end[0].length);
      if (found) events.push(found);
    }
    return events;
  }

  /** Where to go on from: the last id, which may have come without an event, but not that of half an event. */
  return { parse, position: () => position };
}
