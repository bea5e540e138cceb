import { v7 } from "uuid";

/** A new UUIDv7, lower case. Ids made later sort later, to the millisecond and, within one process, beyond it. */
export function newId(): string {
  return v7();
}
