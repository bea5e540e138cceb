import { createDatabase } from "@/tests/support/database";
import { startParley } from "@/tests/support/server";
import { visit } from "@/tests/support/visitor";

const password = "a quiet harbour";

test("guessing is slowed by account, across a restart, while those who know the password from before still get in", async () => {
  const database = await createDatabase();
  let parley = await startParley({ databaseUrl: database.url });
  try {
    for (const username of ["ada", "brook"]) {
      await visit(parley.origin).call("POST", "/accounts", { username, password });
    }
    const attempt = (username: string, secret: string) =>
      visit(parley.origin).post("callback/credentials", { username, password: secret });
    expect((await attempt("ada", password)).error).toBeNull();

    const guesses = await Promise.all(Array.from({ length: 15 }, (_, i) => attempt("brook", `guess number ${i}`)));
    expect(guesses.filter(({ error }) => error === "CredentialsSignin").length).toBeLessThanOrEqual(11);
    await parley.stop();
    parley = await startParley({ databaseUrl: database.url });

    await attempt("brook", "guess number 16");
    expect((await attempt("brook", password)).error).toMatch(/Too many attempts/);
    for (let time = 0; time < 12; time += 1) await attempt("ada", "a typing error");
    expect((await attempt("ada", password)).error).toBeNull();

    await Promise.all(Array.from({ length: 100 }, (_, i) => attempt(`nobody${i}`, "one guess for many")));
    expect((await attempt("ada", password)).error).toMatch(/Too many attempts/);
  } finally {
    await parley.stop();
    await database.drop();
  }
});
