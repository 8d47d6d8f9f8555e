import type { InputError } from "../http/app-error.ts";

/** Deeper than any input of ours; what walks a value does not run out of stack. */
const MAX_DEPTH = 32;
/** Names that an object has by itself: merged into another one, they would change it. */
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

type Level = { isObject: boolean; keys?: Set<string>; key: string; index: number };

/**
 * What JSON.parse lets through and nobody should send: too deep a nesting, a key twice (which of the two counts is each
 * reader's own choice), keys that objects have by themselves, NUL, which PostgreSQL cannot store, and halves of
 * characters, which UTF-8 cannot. Goes over the text once; of text that is no JSON it says nothing certain.
 */
export function brokenJsonRule(text: string): InputError | undefined {
  const levels: Level[] = [];
  let level: Level | undefined;
  let isKey = false; // whether the next string is one
  const broken = (message: string) => ({ path: pathOf(levels), message });

  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
      case 0x5b: // [
        if (levels.length === MAX_DEPTH) return broken(`More than ${MAX_DEPTH} levels deep`);
        isKey = text[at] === "{";
        level = { isObject: isKey, key: "", index: 0 };
        levels.push(level);
        break;
      case 0x7d: // }
      case 0x5d: // ]
        levels.pop();
        level = levels.at(-1);
        isKey = false;
        break;
      case 0x2c: // ,
        if (level?.isObject) isKey = true;
        else if (level) level.index += 1;
        break;
      case 0x22: {
        const end = endOfString(text, at);
        const value = unescaped(text.slice(at + 1, end));
        at = end;
        const fault = value === undefined ? undefined : faultOf(value);
        if (isKey && level) {
          level.key = "";
          if (fault) return broken(fault);
          if (value === undefined) break;
          if (forbidden.has(value)) return broken("A key that is not allowed");
          level.keys ??= new Set();
          if (level.keys.has(value)) return broken("The same key twice");
          level.keys.add(value);
          level.key = value;
          isKey = false;
        } else if (fault) return broken(fault);
      }
    }
  }
  return undefined;
}

/** Where the string that begins here has its closing quote; the end of the text if it has none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/** What is written between the quotes; undefined if that is no JSON, which the parser will say. */
function unescaped(written: string): string | undefined {
  if (!written.includes("\\")) return written;
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return undefined;
  }
}

function faultOf(value: string): string | undefined {
  if (value.includes("\u0000")) return "Must not contain NUL";
  return value.isWellFormed() ? undefined : "Must be whole characters";
}

/** The place, as far as its keys look like names of ours: a key is the caller's text. */
function pathOf(levels: readonly Level[]): string {
  const path = ["json"];
  for (const { isObject, key, index } of levels) {
    if (isObject && !/^[\w-]{1,64}$/.test(key)) break;
    path.push(isObject ? key : String(index));
  }
  return path.join(".");
}
