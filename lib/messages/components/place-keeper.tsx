import { Component, type ReactNode, type RefObject } from "react";

interface Props {
  scroller: RefObject<HTMLElement | null>;
  /** Whether the rows reach the newest message, so that being at the bottom means staying there. */
  reachesEnd: boolean;
  /** Told after every correction. */
  onSettled: () => void;
  children: ReactNode;
}

interface Anchor {
  row: Element;
  top: number;
}

/** Where the view stood: at the bottom, or with these rows at these distances from its top. */
interface Standing {
  pinned: boolean;
  scrollTop: number;
  anchors: Anchor[];
}

const AT_BOTTOM_PX = 4;
const ANCHORS = 12;

/**
 * Holds the row under the eye still while rows come, go and change height around it. The browser's own scroll
 * anchoring is off in a timeline: it does nothing at the edges, which is where pages arrive.
 *
 * It is a class because only `getSnapshotBeforeUpdate` can look at the page between the reader's last scroll and the
 * change. The scroller is a reversed column: its scrollTop is 0 at the bottom and negative above.
 */
export class PlaceKeeper extends Component<Props> {
  private standing: Standing = { pinned: true, scrollTop: 0, anchors: [] };

  override getSnapshotBeforeUpdate({ reachesEnd }: Props): null {
    this.remember(reachesEnd);
    return null;
  }

  override componentDidUpdate(): void {
    this.restore(0);
    this.remember();
    this.props.onSettled();
  }

  override render(): ReactNode {
    return this.props.children;
  }

  get pinned(): boolean {
    return this.standing.pinned;
  }

  /** The topmost row that begins in the view, and how far from its top; null while pinned to the bottom. */
  get place(): { row: Element; offset: number } | null {
    const anchor = this.standing.anchors[0];
    return this.standing.pinned || anchor === undefined ? null : { row: anchor.row, offset: anchor.top };
  }

  /** Notes where the reader is. */
  remember(reachesEnd = this.props.reachesEnd): void {
    const scroller = this.props.scroller.current;
    if (scroller === null) return;
    const { scrollTop } = scroller;
    this.standing = { pinned: reachesEnd && scrollTop > -AT_BOTTOM_PX, scrollTop, anchors: visibleRows(scroller) };
  }

  /** Something changed its height by itself, as an image does when it has loaded. */
  resettle(): void {
    const scroller = this.props.scroller.current;
    if (scroller === null) return;
    this.restore(scroller.scrollTop - this.standing.scrollTop);
    this.remember();
    this.props.onSettled();
  }

  /** From now on the view stands at the bottom. */
  pin(): void {
    const scroller = this.props.scroller.current;
    if (scroller === null) return;
    scroller.scrollTop = 0;
    this.standing = { pinned: true, scrollTop: 0, anchors: [] };
  }

  private restore(scrolledSince: number): void {
    const scroller = this.props.scroller.current;
    if (scroller === null) return;
    if (this.standing.pinned && scrolledSince === 0) {
      scroller.scrollTop = 0;
      return;
    }
    const anchor = this.standing.anchors.find(({ row }) => row.isConnected);
    if (anchor === undefined) return;
    const top = anchor.row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    const moved = top - (anchor.top - scrolledSince);
    if (Math.abs(moved) >= 0.5) scroller.scrollTop += moved;
  }
}

/** The rows in view, those that begin in it first: a row cut by the upper edge may grow above the eye. */
function visibleRows(scroller: HTMLElement): Anchor[] {
  const view = scroller.getBoundingClientRect();
  const whole: Anchor[] = [];
  const cut: Anchor[] = [];
  for (const row of scroller.querySelectorAll("[data-message-id]")) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom <= view.top) continue;
    if (top >= view.bottom || whole.length === ANCHORS) break;
    (top >= view.top ? whole : cut).push({ row, top: top - view.top });
  }
  return [...whole, ...cut];
}
