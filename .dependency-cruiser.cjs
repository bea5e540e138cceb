/** Who may import whom: downwards only. docs/architecture.md draws the same house. */

const FEATURES = ["auth", "workspaces", "channels", "messages", "threads", "saved", "presence"];

/** A feature knows those before it, never those after. */
const upwards = FEATURES.slice(0, -1).map((feature, place) => ({
  name: `${feature}-knows-no-later-feature`,
  severity: "error",
  from: { path: `^lib/${feature}/` },
  to: { path: `^lib/(${FEATURES.slice(place + 1).join("|")})/` },
}));

const BROWSER = String.raw`^lib/[^/]+/(components/|.*\.(hooks|store)\.tsx?$)|^lib/(ui|(realtime|messages)/browser)/`;
const SERVER = String.raw`\.(service|queries|handlers|policy)\.ts$|^lib/(db|gateway)|^lib/messages/log/|^lib/realtime/[^/]+\.ts$`;

module.exports = {
  forbidden: [
    ...upwards,
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } },
    },
    {
      name: "lib-knows-no-page",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|bench|bin|tests|server)" },
    },
    {
      name: "shared-knows-no-feature",
      severity: "error",
      from: { path: "^lib/shared/" },
      to: { path: "^lib/(?!shared/)" },
    },
    {
      name: "the-engine-knows-no-feature",
      comment: "Shapes of the wire are common knowledge; rules and tables are not.",
      severity: "error",
      from: { path: "^lib/(realtime|db|metrics|ui)/" },
      to: { path: `^lib/(${FEATURES.join("|")})/`, pathNot: String.raw`\.events\.ts$` },
    },
    {
      name: "browser-files-reach-no-server-file",
      severity: "error",
      from: { path: BROWSER },
      to: { path: SERVER, pathNot: "^lib/realtime/position\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "browser-files-load-no-zod",
      severity: "error",
      from: { path: BROWSER },
      to: { path: "node_modules/zod", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "server-files-know-no-react",
      severity: "error",
      from: { path: SERVER, pathNot: BROWSER },
      to: { path: "node_modules/(react|react-dom)/" },
    },
    {
      name: "stores-are-pure",
      severity: "error",
      from: { path: String.raw`\.store\.ts$` },
      to: { path: String.raw`\.hooks\.tsx?$|/components/|node_modules/react` },
    },
    {
      name: "hooks-know-no-component",
      severity: "error",
      from: { path: String.raw`\.hooks\.ts$`, pathNot: "/components/" },
      to: { path: "/components/" },
    },
    {
      name: "queries-write-nothing",
      severity: "error",
      from: { path: String.raw`\.queries\.ts$` },
      to: { path: String.raw`\.(service|handlers)\.ts$|/publish\.ts$` },
    },
    {
      name: "only-the-gateway-and-handlers-know-handlers",
      severity: "error",
      from: { pathNot: "^lib/gateway|^tests/" },
      to: { path: String.raw`\.handlers\.ts$` },
    },
    {
      name: "only-the-log-appends",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/messages/(log/|message\\.service)" },
      to: { path: "^lib/messages/log/(log|commit)\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|lib/db/generated" },
    exclude: { path: "^(build|\\.next)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    parser: "swc",
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".d.ts"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
