import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { isRefusal } from "@/lib/shared/errors";

interface FormState {
  form: RefObject<HTMLFormElement | null>;
  busy: boolean;
  /** What is wrong with each field, by its name. */
  errors: Partial<Record<string, string>>;
  /** What is wrong with no field in particular. */
  problem: string | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

interface Outcome {
  errors: Partial<Record<string, string>>;
  problem: string | null;
}

const NOTHING_WRONG: Outcome = { errors: {}, problem: null };

function outcomeOf(error: unknown, form: HTMLFormElement): Outcome {
  if (!isRefusal(error))
    return { errors: {}, problem: "Something went wrong here. What you typed is kept; try again." };
  const errors: Partial<Record<string, string>> = {};
  const elsewhere: string[] = [];
  for (const { path, message } of error.errors ?? []) {
    if (path !== "" && form.elements.namedItem(path) !== null) errors[path] ??= sentence(message);
    else elsewhere.push(sentence(message));
  }
  if (elsewhere.length > 0) return { errors, problem: elsewhere.join(" ") };
  return { errors, problem: Object.keys(errors).length > 0 ? null : error.message };
}

/** "must not be empty" becomes "This must not be empty."; a whole sentence stays as it is. */
function sentence(message: string): string {
  const whole = /^\p{Ll}/u.test(message) ? `This ${message}` : message;
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}

/**
 * A form sent by script. The fields are uncontrolled: what was typed before the page was ready, or filled in by a
 * password manager, counts, and no refusal takes it away. The first wrong field gets the focus.
 *
 * @param submit called with the fields by name; its Refusal is shown where it belongs
 */
export function useForm(submit: (fields: Record<string, string>) => Promise<void>): FormState {
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState(NOTHING_WRONG);

  useEffect(() => {
    if (Object.keys(outcome.errors).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [outcome]);

  async function send(element: HTMLFormElement): Promise<void> {
    const fields: Record<string, string> = {};
    for (const [name, value] of new FormData(element)) if (typeof value === "string") fields[name] = value;
    setBusy(true);
    try {
      await submit(fields);
      setOutcome(NOTHING_WRONG);
    } catch (error) {
      setOutcome(outcomeOf(error, element));
    } finally {
      setBusy(false);
    }
  }

  return {
    form,
    busy,
    ...outcome,
    onSubmit: (event) => {
      event.preventDefault();
      if (!busy) void send(event.currentTarget);
    },
  };
}
