import { Registry } from "prom-client";
import { singleton } from "@/lib/shared/singleton";

/** All figures of this process: those of Node under `nodejs_` and `process_`, ours under `parley_`. */
export function registry(): Registry {
  return singleton("metrics.registry", () => new Registry());
}
