import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A redis-server of the run's own, which keeps nothing. */
export interface Broker {
  url: string;
  pause(): void;
  resume(): void;
  /** Dies, and comes back empty at the same place. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startBroker(): Promise<Broker> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const begin = async () => {
    const child = spawn(
      "redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
      {
        stdio: "ignore",
      },
    );
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}.`);
      await wait(20);
    }
    return child;
  };
  let child = await begin();
  const end = async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    async restart() {
      await end();
      child = await begin();
    },
    close: end,
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      answer(true);
    });
    socket.on("error", () => answer(false));
  });
}
