import { type ComponentProps, useId } from "react";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  /** What is wanted; an error takes its place. */
  hint?: string | undefined;
  /** What is wrong, in a sentence. While there is one, the field is marked invalid and described by it. */
  error?: string | undefined;
}

/** One line of input under its label. */
export function TextField({ label, hint, error, id, className = "", ...rest }: TextFieldProps) {
  const made = useId();
  const field = id ?? made;
  const describedBy = error !== undefined ? `${field}-error` : hint !== undefined ? `${field}-hint` : undefined;
  return (
    <div className={className}>
      <label htmlFor={field} className="mb-1 block text-meta font-medium text-strong">
        {label}
      </label>
      <input
        id={field}
        dir="auto"
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={describedBy}
        className="block h-11 w-full rounded-sm border border-field bg-raised px-3 text-[1rem] text-strong transition-colors placeholder:text-muted focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger md:h-9 md:text-message"
        {...rest}
      />
      {error === undefined ? null : (
        <p id={`${field}-error`} className="mt-1 text-meta text-danger">
          {error}
        </p>
      )}
      {hint === undefined || error !== undefined ? null : (
        <p id={`${field}-hint`} className="mt-1 text-meta text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
