import { MessageCircle } from "lucide-react";
import { useState } from "react";
import { useChannelActions } from "@/lib/channels/channel.hooks";
import { channelPath } from "@/lib/channels/channel-path";
import { IconButton } from "@/lib/ui/icon-button";
import { navigate } from "@/lib/ui/location";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

interface WriteButtonProps {
  accountId: string;
  name: string;
  /** Called when the conversation is open. */
  onOpened: () => void;
}

/** Opens the conversation with one person. */
export function WriteButton({ accountId, name, onOpened }: WriteButtonProps) {
  const { write } = useChannelActions();
  const slug = useWorkspace((state) => state.workspace.slug);
  const [failed, setFailed] = useState(false);
  return (
    <IconButton
      label={failed ? "That did not work. Try again" : `Message ${name}`}
      tip="belowEnd"
      onClick={() => {
        write([accountId]).then(
          (channel) => {
            navigate(channelPath(slug, channel));
            onOpened();
          },
          () => setFailed(true),
        );
      }}
    >
      <MessageCircle size={16} strokeWidth={1.75} aria-hidden="true" className={failed ? "text-danger" : ""} />
    </IconButton>
  );
}
