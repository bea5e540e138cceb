"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { chooseTheme, type Theme } from "@/lib/ui/theme";

const CHOICES = [
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
  { value: "system", label: "System", Icon: Monitor },
] as const;

/** @param initial the theme that the server drew the page in */
export function ThemeChoice({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">Theme</legend>
      {CHOICES.map(({ value, label, Icon }) => (
        <label
          key={value}
          className="flex min-h-11 min-w-24 items-center gap-2 rounded-sm border border-field/60 bg-raised px-3 text-meta font-medium transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-active has-checked:text-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent md:min-h-9"
        >
          <input
            type="radio"
            name="theme"
            value={value}
            checked={theme === value}
            onChange={() => {
              setTheme(value);
              chooseTheme(value);
            }}
            className="sr-only"
          />
          <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
