/** The parts of a message that belong to no language. */

export const EMOJI = [
  "👍",
  "🎉",
  "😄",
  "🙏",
  "👀",
  "❤️",
  "🔥",
  "😅",
  "🚀",
  "☕",
  "🤔",
  "👩🏽‍💻",
  "🇺🇦",
  "✅",
  "🍰",
] as const;

/** On the names that RFC 2606 keeps for examples: nobody's site. */
export const LINKS = [
  "https://example.org/",
  "https://example.com/notes/2026-03-14",
  "https://docs.example.org/guide/getting-started?lang=en#installing",
  "[the agenda](https://example.net/agenda)",
  "https://example.com/a/rather/long/path/to/a/page/that/has/to/break/somewhere/in/a/narrow/window.html",
] as const;

export const CODE = [
  '```ts\nexport function greet(name: string): string {\n  return "Hello, " + name;\n}\n```',
  "```sql\nSELECT day, count(*)\nFROM visits\nWHERE day >= now() - interval '7 days'\nGROUP BY day;\n```",
  "```sh\nnpm ci\nnpm test -- --watch=false\n```",
  "```python\ndef mean(values):\n    return sum(values) / len(values) if values else None\n```",
  '```json\n{ "name": "parley", "retries": 3, "tags": ["chat", "self-hosted"] }\n```',
  "```\n04:12:07 backup started\n04:12:41 backup finished, 1.8 GB\n```",
] as const;

export const INLINE_CODE = [
  "`npm start`",
  "`DATA_DIR`",
  "`git rebase -i`",
  "`null`",
  "`/healthz`",
  "`Ctrl+K`",
] as const;
