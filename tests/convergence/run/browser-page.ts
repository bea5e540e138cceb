/**
 * What the product's browser side looks for of a page, where there is none: somebody looks at it, it can be told things,
 * and its settings forbid to keep anything on the device. Without locks a tab takes itself for the only one.
 */
class Page extends EventTarget {
  readonly visibilityState = "visible";

  get localStorage(): never {
    throw new Error("Nothing is kept here.");
  }
}

if (typeof document === "undefined") {
  const page = new Page();
  for (const name of ["window", "document"]) Object.defineProperty(globalThis, name, { value: page });
}
if (typeof navigator === "undefined") Object.defineProperty(globalThis, "navigator", { value: {} });
