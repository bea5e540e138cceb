/** Which message's tools are shown, and where Tab enters the rows. Watched by the rows themselves, one by one. */
export class RowFocus {
  private hovered: string | null = null;
  private focused: string | null = null;
  private held: string | null = null;
  private last: string | null = null;
  private readonly watchers = new Set<() => void>();

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** What is open wins over what the pointer is on, and that over what has the focus. */
  get active(): string | null {
    return this.held ?? this.hovered ?? this.focused;
  }

  /** The row that Tab leads to; null for the newest. Not the one that has the focus inside: its tools are next there. */
  isEntrance(id: string, newest: boolean): boolean {
    if (this.focused === id) return false;
    return this.last === null ? newest : this.last === id;
  }

  hover(id: string | null): void {
    if (this.hovered === id) return;
    this.hovered = id;
    this.tell();
  }

  focus(id: string | null): void {
    if (this.focused === id) return;
    this.focused = id;
    this.last = id ?? this.last;
    this.tell();
  }

  /** Something that was opened from the row keeps its tools in place until `release`. */
  hold(id: string): void {
    this.held = id;
    this.tell();
  }

  release(): void {
    if (this.held === null) return;
    // What is closed gives the focus back to the tools, so they must still be there.
    this.focused = this.held;
    this.held = null;
    this.tell();
  }

  /** The row has left the document. */
  forget(id: string): void {
    if (this.hovered === id) this.hovered = null;
    if (this.focused === id) this.focused = null;
    if (this.last === id) this.last = null;
    this.tell();
  }

  private tell(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}
