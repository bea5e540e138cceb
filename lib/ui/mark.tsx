/** Parley's mark: two people's speech, meeting. The name always stands beside it. */
export function Mark({ className = "" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false" className={className}>
      <path d="M4 13a9 9 0 0 1 9-9h3v9a9 9 0 0 1-9 9H4z" fill="currentColor" />
      <path d="M28 19a9 9 0 0 1-9 9h-3v-9a9 9 0 0 1 9-9h3z" fill="currentColor" opacity=".55" />
    </svg>
  );
}
