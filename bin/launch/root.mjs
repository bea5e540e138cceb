import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The project root: the working folder of everything that is started from here. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
