import { grouped, type Ledger, type LogicalSend, linesOfAttempt, pair } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

interface Placed extends LogicalSend {
  seq: number;
}

/** I3: places are 1, 2, 3 … and no version stands for two things, in the tables. */
export function brokenNumbers(ledger: Ledger): Violation[] {
  const violations: Violation[] = [];
  const broken = (what: string, evidence: Violation["evidence"] = []) =>
    violations.push({ invariant: "I3", what, evidence });
  for (const { ch, items, lastSeq, version, changes } of ledger.tables.values()) {
    const seqs = items.map(({ seq }) => seq).toSorted((a, b) => a - b);
    const wrong = seqs.findIndex((seq, index) => seq !== index + 1);
    if (wrong !== -1) broken(`channel ${ch} has ${seqs[wrong]} where its place ${wrong + 1} should be`);
    else if (seqs.length !== lastSeq) broken(`channel ${ch} says its last place is ${lastSeq}, and has ${seqs.length}`);
    const versions = [...items, ...changes].map((one) => one.version).toSorted((a, b) => a - b);
    const twice = versions.find((one, index) => one === versions[index + 1]);
    if (twice !== undefined) broken(`channel ${ch} has two things of version ${twice}`);
    if ((versions.at(-1) ?? 0) > version) broken(`channel ${ch} has a version above its own, ${version}`);
  }
  return violations;
}

/** I3: what was acknowledged before another send began stands before it. A sweep by time over each channel. */
export function brokenRealTime(ledger: Ledger): Violation[] {
  return [...grouped(placedSends(ledger), ({ ch }) => ch).values()].flatMap((sends) => {
    const begun = sends.toSorted((a, b) => firstAsked(a) - firstAsked(b));
    const acknowledged = sends
      .filter(({ outcome }) => outcome === "ok")
      .toSorted((a, b) => firstAcknowledged(a) - firstAcknowledged(b));
    let next = 0;
    let highest: Placed | undefined;
    return begun.flatMap((send): Violation[] => {
      for (let done = acknowledged[next]; done !== undefined; done = acknowledged[++next]) {
        if (firstAcknowledged(done) >= firstAsked(send)) break;
        if (highest === undefined || done.seq > highest.seq) highest = done;
      }
      if (highest === undefined || highest.seq < send.seq || highest.id === send.id) return [];
      const what = `message ${send.id} was sent after ${highest.id} was acknowledged, and stands before it in ${send.ch}`;
      return [
        { invariant: "I3", what, evidence: [highest, send].flatMap((one) => one.attempts.flatMap(linesOfAttempt)) },
      ];
    });
  });
}

/** I3: two sends of one connection to one channel keep their order. What was sent again elsewhere is not bound. */
export function brokenFifo(ledger: Ledger): Violation[] {
  const onWhich = placedSends(ledger).flatMap((send) => {
    const links = new Set(send.attempts.map(({ invoke }) => invoke.link));
    const [link] = links;
    return links.size === 1 && link != null && send.attempts.length === 1 ? [{ send, key: pair(link, send.ch) }] : [];
  });
  return [...grouped(onWhich, ({ key }) => key).values()].flatMap((ofLink) => {
    const inOrder = ofLink.map(({ send }) => send).toSorted((a, b) => firstAsked(a) - firstAsked(b));
    let highest: Placed | undefined;
    return inOrder.flatMap((send): Violation[] => {
      const before = highest;
      if (before === undefined || send.seq > before.seq) highest = send;
      if (before === undefined || send.seq > before.seq) return [];
      const what = `messages ${before.id} and ${send.id} of one connection stand in ${send.ch} the other way round`;
      const known = [before, send].flatMap((one) => one.attempts.flatMap(linesOfAttempt));
      return [{ invariant: "I3", what, evidence: known }];
    });
  });
}

function placedSends(ledger: Ledger): Placed[] {
  const placeOf = new Map(
    [...ledger.tables.values()].flatMap(({ items, firstBodies }) =>
      items.map(({ id, seq, body }) => [id, { seq, first: firstBodies?.[id] ?? body }]),
    ),
  );
  return ledger.sends.flatMap((send) => {
    const place = placeOf.get(send.id);
    return place === undefined || place.first !== send.body || send.outcome === "fail" ? [] : [{ ...send, ...place }];
  });
}

function firstAsked({ attempts }: LogicalSend): number {
  return Math.min(...attempts.map(({ invoke }) => invoke.t));
}

function firstAcknowledged({ attempts }: LogicalSend): number {
  return Math.min(...attempts.flatMap(({ end }) => (end?.kind === "ok" ? [end.t] : [])));
}
