const redacted = "[redacted]";

/**
 * A guest's personal value. Whatever prints it — JSON, a template, String(), console.log, a query parameter — gets
 * `[redacted]`; a structured clone gets an empty object. It offers no comparison, which would leak the value bit by
 * bit. `grep 'reveal('` lists every way out.
 */
export class Pii {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Only where a response to an authorised caller is built. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [Symbol.toPrimitive](): string {
    return redacted;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return redacted;
  }
}
