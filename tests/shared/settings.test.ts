import { BadSetting, parseSettings } from "@/lib/shared/settings";

describe("settings", () => {
  it("need none to be given", () => {
    expect(parseSettings({})).toMatchObject({ port: 3000, host: "0.0.0.0", dataDir: "./data", rateLimits: true });
  });

  it("take an empty value for an unset one", () => {
    expect(parseSettings({ PORT: "", DATABASE_URL: "" })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  it("keep only the origin of PUBLIC_URL", () => {
    expect(parseSettings({ PUBLIC_URL: "https://chat.example/" }).publicUrl).toBe("https://chat.example");
  });

  it.each([
    ["PORT", "eighty"],
    ["PORT", "70000"],
    ["DATABASE_URL", "mysql://localhost/parley"],
    ["REDIS_URL", "localhost"],
    ["PUBLIC_URL", "https://chat.example/path"],
    ["PUBLIC_URL", "chat.example"],
    ["AUTH_SECRET", "short"],
    ["POLLING", "yes"],
    ["RATE_LIMITS", "OFF"],
    ["LOG_LEVEL", "loud"],
  ])("refuse %s=%s in one line that names it", (name, value) => {
    const parse = () => parseSettings({ [name]: value });
    expect(parse).toThrow(BadSetting);
    expect(parse).toThrow(new RegExp(`^Bad setting ${name}: [^\\n]+$`));
  });

  it.each([
    ["DATABASE_UR", "DATABASE_URL"],
    ["DATADIR", "DATA_DIR"],
    ["RATE_LIMIT", "RATE_LIMITS"],
    ["PUBLIC-URL", "PUBLIC_URL"],
  ])("refuse %s, which is a slip for %s", (slip, meant) => {
    expect(() => parseSettings({ [slip]: "x" })).toThrow(`Unknown setting ${slip}: did you mean ${meant}?`);
  });

  it("refuse an unknown name that carries one of our prefixes", () => {
    expect(() => parseSettings({ S3_BUKET_NAME: "x" })).toThrow("Unknown setting S3_BUKET_NAME");
  });

  it("leave the rest of the environment alone", () => {
    expect(() => parseSettings({ PATH: "/bin", HOSTNAME: "here", npm_config_cache: "x", SHELL: "sh" })).not.toThrow();
  });
});
