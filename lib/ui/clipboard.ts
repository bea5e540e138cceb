/** Copies a text. Over plain HTTP there is only the old way. @returns whether it worked */
export async function copyToClipboard(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard !== undefined) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Forbidden: the old way may still do.
  }
  const area = document.createElement("textarea");
  const before = document.activeElement;
  area.value = text;
  area.className = "fixed top-0 start-0 opacity-0";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return copied;
}
