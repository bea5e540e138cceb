"use client";

import { SKIN_TONES, type SkinTone } from "@/lib/messages/emoji/recent-emoji";

const NAMES = ["Default", "Light", "Medium-light", "Medium", "Medium-dark", "Dark"] as const;
const HANDS = ["✋", "✋🏻", "✋🏼", "✋🏽", "✋🏾", "✋🏿"] as const;

interface SkinTonesProps {
  tone: SkinTone;
  onTone: (tone: SkinTone) => void;
}

/** The skin tone that people and hands are shown in, remembered on this device. */
export function SkinTones({ tone, onTone }: SkinTonesProps) {
  return (
    <fieldset className="flex shrink-0">
      <legend className="sr-only">Skin tone</legend>
      {SKIN_TONES.map((one) => (
        <label
          key={one}
          title={`${NAMES[one]} skin tone`}
          className="inline-flex size-9 items-center justify-center rounded-sm hover:bg-hover has-checked:bg-active has-focus-visible:outline-2 has-focus-visible:outline-accent md:size-7"
        >
          <input
            type="radio"
            name="skin-tone"
            aria-label={`${NAMES[one]} skin tone`}
            checked={tone === one}
            onChange={() => onTone(one)}
            className="sr-only"
          />
          <span aria-hidden="true">{HANDS[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}
