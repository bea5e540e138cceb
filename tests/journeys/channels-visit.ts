import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { openPage } from "@/tests/support/browser";
import type { Person } from "@/tests/support/peer";

/** Opens a browser in which somebody is logged in. Its complaints are added to `faults` when it closes. */
export async function browserOf(
  browser: Browser,
  origin: string,
  person: Person,
  faults: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const opened = await openPage(browser, origin, options);
  await opened.page
    .context()
    .addCookies([...person.visitor.cookies].map(([name, value]) => ({ name, value, url: origin })));
  opened.page.on("close", () => faults.push(...opened.faults));
  await opened.page.goto(`/${person.slug}/general`);
  await heading(opened.page, "general").waitFor();
  return opened.page;
}

export function heading(page: Page, name: string): Locator {
  return page.getByRole("heading", { level: 1, name, exact: true });
}

/** A section of the sidebar. */
export function section(page: Page, name: string): Locator {
  return page.getByRole("navigation", { name: "Channels" }).getByRole("region", { name, exact: true });
}

export async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "Channel menu" }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

export async function say(page: Page, place: string, body: string): Promise<void> {
  const box = page.getByRole("textbox", { name: `Message ${place}` });
  await box.fill(body);
  await box.press("Enter");
  await page.locator("[data-seq]", { hasText: body }).waitFor();
}

export async function barriersOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
