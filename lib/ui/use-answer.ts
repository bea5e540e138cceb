import { useCallback, useEffect, useState } from "react";
import { isRefusal } from "@/lib/shared/errors";

interface Answered<Answer> {
  answer: Answer | null;
  /** Why there is none. */
  trouble: string | null;
  retry: () => void;
  /** Puts another answer in the place of this one, as when something changed meanwhile. */
  change: (next: (answer: Answer) => Answer) => void;
}

/** What a question is answered with, asked when what asks is first drawn. `ask` stays the same function. */
export function useAnswer<Answer>(ask: () => Promise<Answer>): Answered<Answer> {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again.
  useEffect(() => {
    let wanted = true;
    setTrouble(null);
    ask().then(
      (given) => {
        if (wanted) setAnswer(() => given);
      },
      (error: unknown) => {
        if (wanted) setTrouble(isRefusal(error) ? error.message : "That did not work. Try again.");
      },
    );
    return () => {
      wanted = false;
    };
  }, [ask, tries]);
  const retry = useCallback(() => setTries((count) => count + 1), []);
  const change = useCallback(
    (next: (answer: Answer) => Answer) => setAnswer((held) => (held === null ? null : next(held))),
    [],
  );
  return { answer, trouble, retry, change };
}
