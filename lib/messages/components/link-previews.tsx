import { X } from "lucide-react";
import { useState } from "react";
import type { LinkPreview } from "@/lib/messages/message.events";
import { useConversation } from "@/lib/messages/message.hooks";
import { isRefusal } from "@/lib/shared/errors";
import { IconButton } from "@/lib/ui/icon-button";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

interface LinkPreviewsProps {
  id: string;
  authorId: string;
  previews: readonly LinkPreview[];
}

/** What the links of a message lead to. Its author, an owner or an admin can take them away for everybody. */
export function LinkPreviews({ id, authorId, previews }: LinkPreviewsProps) {
  const { connection } = useConversation();
  const me = useWorkspace((state) => state.me);
  const [removed, setRemoved] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const mayRemove = me.id === authorId || me.role === "owner" || me.role === "admin";

  async function remove(): Promise<void> {
    setRemoved(true);
    setProblem(null);
    try {
      await connection.ask("preview:remove", { messageId: id });
    } catch (error) {
      setProblem(isRefusal(error) ? error.message : "The preview could not be removed. Try again.");
    } finally {
      // Once it is gone there is nothing left to hide; an edit may bring new ones.
      setRemoved(false);
    }
  }

  if (removed) return null;
  return (
    <div className="flex max-w-xl flex-col gap-1 py-1">
      {previews.map(({ url, title, description, siteName }, index) => (
        <section
          key={url}
          aria-label={`Preview of ${siteName}`}
          className="group/preview relative border-s-4 border-hairline ps-3 pe-10"
        >
          <bdi className="block truncate text-small text-muted">{siteName}</bdi>
          <a
            href={url}
            target="_blank"
            rel="noopener noreferrer nofollow ugc"
            dir="auto"
            className="line-clamp-2 font-medium wrap-anywhere text-accent hover:underline"
          >
            {title}
          </a>
          {description === "" ? null : (
            <p dir="auto" className="line-clamp-3 text-meta wrap-anywhere text-body">
              {description}
            </p>
          )}
          {mayRemove && index === 0 ? (
            <IconButton
              label={previews.length > 1 ? "Remove the previews" : "Remove the preview"}
              tip="belowEnd"
              onClick={() => void remove()}
              className="absolute! end-0 top-0 opacity-0 group-hover/preview:opacity-100 focus-visible:opacity-100 [@media(hover:none)]:opacity-100"
            >
              <X aria-hidden="true" size={16} strokeWidth={1.75} />
            </IconButton>
          ) : null}
        </section>
      ))}
      {problem === null ? null : (
        <p role="alert" className="text-small text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
