import { keepCookie } from "@/lib/ui/cookie";

/** How Parley looks: the person's choice, or the system's. */
export type Theme = "light" | "dark" | "system";

/** The server reads this cookie and writes `data-theme`, so that the first paint is already right. */
export const THEME_COOKIE = "parley.theme";

/** The theme a cookie's value names; anything else means the system's. */
export function themeOf(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}

/** The theme in force in this tab. */
export function currentTheme(): Theme {
  return themeOf(document.documentElement.dataset.theme);
}

/** Applies a theme to this tab at once and keeps it for a year. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  keepCookie(THEME_COOKIE, theme);
}
