"use client";

import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { Fragment, type RefObject, useRef } from "react";
import type { MenuGroup, MenuItem } from "@/lib/ui/menu";

const ROW =
  "flex min-h-11 items-center gap-2 rounded-sm px-2 text-message outline-none select-none data-highlighted:bg-hover md:min-h-8";

function Item({ item, onSelect }: { item: MenuItem; onSelect: () => void }) {
  return (
    <Menu.Item
      {...(item.chosen === undefined ? {} : { role: "menuitemradio", "aria-checked": item.chosen })}
      onClick={onSelect}
      className={`${ROW} ${item.danger ? "text-danger" : "text-body data-highlighted:text-strong"}`}
    >
      <span className="inline-flex size-4 shrink-0 items-center justify-center text-muted" aria-hidden="true">
        {item.chosen ? <Check size={16} strokeWidth={1.75} /> : item.icon}
      </span>
      <span className="grow truncate">{item.label}</span>
      {item.shortcut === undefined ? null : (
        <span aria-hidden="true" className="ms-4 text-small text-muted [@media(hover:none)]:hidden">
          {item.shortcut}
        </span>
      )}
    </Menu.Item>
  );
}

interface MenuPopupProps {
  groups: MenuGroup[];
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** What a MenuButton opens: open while it is rendered. */
export default function MenuPopup({ groups, anchor, onClose }: MenuPopupProps) {
  const taken = useRef(false);
  const select = (item: MenuItem) => {
    taken.current = item.takesFocus === true;
    // While the menu is there, it holds the focus.
    if (taken.current) setTimeout(item.onSelect, 0);
    else item.onSelect();
  };
  return (
    <Menu.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Menu.Portal>
        <Menu.Positioner
          anchor={anchor}
          sideOffset={4}
          align="start"
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Menu.Popup
            finalFocus={() => (taken.current ? false : anchor.current)}
            className="max-h-(--available-height) max-w-[80vw] min-w-56 animate-rise overflow-y-auto rounded-md bg-raised p-1 shadow-float outline-none"
          >
            {groups.map((group, place) => (
              <Fragment key={group.title ?? place}>
                {place === 0 ? null : <Menu.Separator className="my-1 h-px bg-hairline" />}
                <Menu.Group>
                  {group.title === undefined ? null : (
                    <Menu.GroupLabel className="px-2 pt-2 pb-1 text-small font-medium text-muted">
                      {group.title}
                    </Menu.GroupLabel>
                  )}
                  {group.items.map((item) => (
                    <Item key={item.label} item={item} onSelect={() => select(item)} />
                  ))}
                </Menu.Group>
              </Fragment>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
