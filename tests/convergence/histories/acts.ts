import type { Story } from "@/tests/convergence/story";

/** Something that happens in a story. */
export type Telling = (story: Story) => void;

/** What bends a faithful end: the two records of the channel and the states of the two clients. */
export type Bending = (end: ReturnType<Story["end"]>) => void;

/** What the checker must find, and nothing else, in words, and the story that has it. */
export type Broken = [invariant: string, what: string, tell: Telling, bend?: Bending];

/** Brook is removed by Ada, and knows it. */
export function removeBrook(story: Story): void {
  story.answer(story.ask("ada", "kick", { subject: "brook" }), "ok");
  story.step("brook", null);
  story.stop("brook");
  story.tell("ada");
}

/** Brook's session is revoked from another of hers, and the time that it may linger goes by. */
export function revokeBrook(story: Story): void {
  story.answer(story.ask("brook", "revoke", { subject: "brook-session", session: "brook-other" }), "ok");
  story.pass(3_000);
}

/** A deletion as it should be. */
export const unsay = (story: Story, id: string, client = "ada") =>
  story.alter(client, "delete", id, {}, { deleted: true, body: "", canaries: [] });
