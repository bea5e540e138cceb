import { Mark } from "@/lib/ui/mark";

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 bg-surface px-6 text-center">
      <Mark className="mb-2 size-10 text-accent" />
      <h1 className="text-display font-semibold text-strong">There is nothing here</h1>
      <p className="max-w-[40ch] text-body">
        The address may be wrong, the place may be gone, or you may not be a member of it.
      </p>
      <a href="/" className="mt-2 font-medium text-accent underline underline-offset-2">
        Go to your channels
      </a>
    </main>
  );
}
