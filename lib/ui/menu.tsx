"use client";

import { type ComponentProps, lazy, type ReactNode, Suspense, useRef, useState } from "react";

const loadPopup = () => import("@/lib/ui/menu-popup");
const MenuPopup = lazy(loadPopup);

export interface MenuItem {
  label: string;
  onSelect: () => void;
  icon?: ReactNode;
  danger?: boolean;
  /** The key that does the same without the menu. */
  shortcut?: string;
  /** It puts the focus somewhere itself: the closing menu does not give it back to its button. */
  takesFocus?: boolean;
  /** Given for one of several exclusive choices: whether it is the one in force. */
  chosen?: boolean;
}

export interface MenuGroup {
  title?: string;
  items: MenuItem[];
}

interface MenuButtonProps extends Omit<ComponentProps<"button">, "children"> {
  groups: MenuGroup[];
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

/**
 * A button that opens a menu. The menu's own code arrives at the first sign of interest (pointer or focus), so
 * that a page costs nothing for menus nobody opens.
 */
export function MenuButton({ groups, onOpenChange, children, ...rest }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => change(true)}
        onPointerEnter={loadPopup}
        {...rest}
        onFocus={(event) => {
          void loadPopup();
          rest.onFocus?.(event);
        }}
      >
        {children}
      </button>
      {open ? (
        <Suspense fallback={null}>
          <MenuPopup groups={groups} anchor={button} onClose={() => change(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
