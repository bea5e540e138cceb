import type { ActionTarget } from "@/lib/messages/actions/message-action";

/**
 * What the server will allow, so that nothing is offered that would be refused. message.policy and change_messages
 * decide; this follows them.
 */
export const isStanding = ({ message }: ActionTarget) => message.deletedAt === null;

export const isOwn = ({ message, viewer }: ActionTarget) => message.authorId === viewer.id;

export const isModerator = ({ viewer }: ActionTarget) => viewer.role === "owner" || viewer.role === "admin";

export const mayChange = (target: ActionTarget) => isStanding(target) && !target.archived;

export const mayPin = (target: ActionTarget) => mayChange(target) && target.viewer.role !== "guest";
