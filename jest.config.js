const transform = {
  "^.+\\.(ts|tsx|js|mjs)$": [
    "@swc/jest",
    {
      jsc: {
        parser: { syntax: "typescript", tsx: true },
        transform: { react: { runtime: "automatic" } },
        target: "es2022",
      },
      module: { type: "commonjs" },
    },
  ],
};

/** Packages that ship ES modules only, which Jest must transform like our own files. */
const ES_ONLY = [
  "lowlight",
  "uuid",
  "marked",
  "devlop",
  "highlight.js",
  "@types/hast",
  "hast-util-.*",
  "unist-util-.*",
];

/** @type {import("jest").Config} */
const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: "node",
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${ES_ONLY.join("|")})/)`, "/build/", "/lib/db/generated/.*\\.js$"],
  moduleNameMapper: { "^@/(.*)$": "<rootDir>/$1" },
  modulePathIgnorePatterns: ["<rootDir>/build/", "<rootDir>/.next/", "<rootDir>/data/"],
};

/** @type {import("jest").Config} */
export default {
  projects: [{ ...shared, displayName: "tests", testMatch: ["<rootDir>/tests/**/*.test.ts?(x)"] }],
};
