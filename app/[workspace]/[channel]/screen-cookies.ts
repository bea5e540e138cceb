/** What the server must know of this browser to draw its first page as the browser will. */
export const SIDEBAR_COOKIE = "parley.sidebar";
export const ZONE_COOKIE = "parley.zone";
export const FOLDED_COOKIE = "parley.folded";
