import { once } from "node:events";
import WebSocket from "ws";
import { z } from "zod";
import type { Running } from "@/bench/processes";

/** Lets a program that was started with it be asked for its memory. */
export const INSPECTED = ["--inspect=127.0.0.1:0"];

const answerSchema = z.object({
  id: z.number(),
  result: z.object({ result: z.object({ value: z.string() }).optional() }),
});
const memorySchema = z.object({ rss: z.number(), heapUsed: z.number(), external: z.number() });

/** What a program holds after its garbage was collected, in bytes. @throws Error for one without INSPECTED */
export async function liveMemory({ printed }: Running): Promise<{ live: number; resident: number }> {
  const address = /Debugger listening on (ws:\S+)/.exec(printed())?.[1];
  if (address === undefined) throw new Error("The program does not listen to an inspector.");
  const socket = new WebSocket(address);
  await once(socket, "open");
  const ask = async (id: number, method: string, params: object = {}) => {
    socket.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const [data] = await once(socket, "message");
      const parsed = answerSchema.safeParse(JSON.parse(String(data)));
      if (parsed.success && parsed.data.id === id) return parsed.data.result.result?.value ?? "";
    }
  };
  // Twice: what the first leaves to be finalised, the second takes.
  await ask(1, "HeapProfiler.collectGarbage");
  await ask(2, "HeapProfiler.collectGarbage");
  const value = await ask(3, "Runtime.evaluate", { expression: "JSON.stringify(process.memoryUsage())" });
  socket.close();
  const { rss, heapUsed, external } = memorySchema.parse(JSON.parse(value));
  return { live: heapUsed + external, resident: rss };
}
