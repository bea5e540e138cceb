import { pool } from "@/lib/db/database";
import { newId } from "@/lib/shared/ids";
import { singleton } from "@/lib/shared/singleton";

/** The epoch: names one life of the database. A restore makes a new one, and clients then drop what they cached. */
export async function readEpoch(): Promise<string> {
  const known = singleton<{ epoch: string | null }>("db.life", () => ({ epoch: null }));
  if (known.epoch === null) {
    await pool().query("INSERT INTO life (id, epoch) VALUES (1, $1) ON CONFLICT (id) DO NOTHING", [newId()]);
    const { rows } = await pool().query<{ epoch: string }>("SELECT epoch FROM life WHERE id = 1");
    const epoch = rows[0]?.epoch;
    if (epoch === undefined) throw new Error("The life row vanished between two statements.");
    known.epoch = epoch;
  }
  return known.epoch;
}
