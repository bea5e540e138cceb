"use client";

import { useEffect, useState } from "react";
import { keepUndoWindow, readUndoWindow, UNDO_WINDOWS } from "@/lib/messages/undo-window";
import { deviceStorage } from "@/lib/realtime/browser/unsent-places";
import { Notice } from "@/lib/ui/notice";
import { useHydrated } from "@/lib/ui/use-hydrated";

/** For how long a message can be taken back before it is sent. It holds for this account on this device. */
export function UndoWindowChoice({ accountId }: { accountId: string }) {
  const ready = useHydrated();
  const [seconds, setSeconds] = useState(0);
  const [kept, setKept] = useState(true);
  useEffect(() => setSeconds(readUndoWindow(deviceStorage(), accountId)), [accountId]);
  return (
    <>
      {kept ? null : <Notice tone="danger">This browser keeps nothing, so the choice could not be kept.</Notice>}
      <label className="flex min-h-11 flex-wrap items-center gap-3 md:min-h-9">
        <span className="font-medium text-strong">Undo sending</span>
        <select
          value={seconds}
          disabled={!ready}
          onChange={(event) => {
            const chosen = Number(event.target.value);
            setSeconds(chosen);
            setKept(keepUndoWindow(deviceStorage(), accountId, chosen));
          }}
          className="h-11 rounded-sm border border-field bg-raised px-3 text-[1rem] text-strong md:h-9 md:text-message"
        >
          {UNDO_WINDOWS.map((window) => (
            <option key={window} value={window}>
              {window === 0 ? "Off: send at once" : `${window} seconds`}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
