import type { Problem } from "./http/problem.ts";

/** The JSON of an answer, as the test expects it to look; a problem unless it says otherwise. */
export async function bodyOf<T = Problem>(response: Response | Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}
