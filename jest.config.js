const transform = {
  "^.+\\.(ts|tsx|js|mjs)$": [
    "@swc/jest",
    {
      jsc: {
        // Also where Jest's moduleNameMapper does not reach: the global set-up.
        baseUrl: import.meta.dirname,
        paths: { "@/*": ["./*"] },
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
  "@prisma/schema-engine-wasm",
  "temml",
];

const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: "node",
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${ES_ONLY.join("|")})/)`],
  moduleNameMapper: { "^@/(.*)$": "<rootDir>/$1" },
  modulePathIgnorePatterns: ["<rootDir>/build/", "<rootDir>/.next/", "<rootDir>/data/"],
};

/** @type {import("jest").Config} */
export default {
  ...shared,
  globalSetup: "<rootDir>/tests/support/global-setup.ts",
  globalTeardown: "<rootDir>/tests/support/global-teardown.ts",
  testMatch: ["<rootDir>/tests/**/*.test.ts?(x)"],
  testTimeout: 60_000,
};
