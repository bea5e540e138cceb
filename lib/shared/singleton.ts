/**
 * One value per process, made on first use.
 *
 * Code that Next bundles and code that server.ts imports are two copies of a module; what must exist once
 * (the database pool, the Socket.IO server, the queue of the group commit) lives in a slot of globalThis that
 * both copies find by name.
 */
export function singleton<T>(name: string, make: () => T): T {
  const slots: { [key: symbol]: unknown } = globalThis as never;
  const key = Symbol.for(`parley.${name}`);
  if (slots[key] === undefined) slots[key] = make();
  return slots[key] as T;
}
