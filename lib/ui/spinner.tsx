/** Says that something takes long: invisible for the first 400 ms, its place reserved from the start. */
export function Spinner({ className = "" }: { className?: string }) {
  return (
    <span aria-hidden="true" className={`animate-late ${className}`}>
      <span className="block size-4 animate-turn rounded-full border-2 border-current border-e-transparent opacity-70" />
    </span>
  );
}
