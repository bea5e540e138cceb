import { nextPath } from "@/lib/auth/next-path";

test.each(["/parley/general", "/parley/general?m=0198c0de", "/settings#tokens", "/caf%C3%A9/%E2%9C%93"])(
  "after logging in one goes on to %s",
  (path) => expect(nextPath(path)).toBe(path),
);

test.each([
  undefined,
  "",
  "parley",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https:evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/\n/evil.example",
  "/./\\evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  " //evil.example",
  "//user@evil.example",
])("an address that could lead to another site is not followed: %j", (path) => expect(nextPath(path)).toBe("/"));
