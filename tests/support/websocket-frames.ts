/** One WebSocket frame as it lies on the wire, or bytes that are none (the handshake, plain HTTP). */
export interface Frame {
  /** The bytes as they came, to be passed on. */
  raw: Buffer;
  /** What a text frame says, unmasked; null for anything else. */
  text: string | null;
}

const TEXT = 1;
const END_OF_HEADERS = "\r\n\r\n";

/** Cuts one direction of a connection into the frames of its WebSocket, if its handshake makes it one. */
export class FrameReader {
  private pending: Buffer = Buffer.alloc(0);
  private stage: "headers" | "frames" | "plain" = "headers";

  /** All that is complete with these bytes, in order. */
  read(chunk: Buffer): Frame[] {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    const frames: Frame[] = [];
    if (this.stage === "headers") this.readHeaders(frames);
    if (this.stage === "plain" && this.pending.length > 0) frames.push(this.take(this.pending.length));
    while (this.stage === "frames") {
      const length = frameLength(this.pending);
      if (length === null || this.pending.length < length) break;
      frames.push(this.take(length, true));
    }
    return frames;
  }

  private readHeaders(frames: Frame[]): void {
    const end = this.pending.indexOf(END_OF_HEADERS);
    if (end === -1) return;
    const headers = this.pending.subarray(0, end).toString("latin1");
    this.stage = /^upgrade: *websocket/im.test(headers) ? "frames" : "plain";
    frames.push(this.take(end + END_OF_HEADERS.length));
  }

  private take(length: number, isFrame = false): Frame {
    const raw = this.pending.subarray(0, length);
    this.pending = this.pending.subarray(length);
    return { raw, text: isFrame ? textOf(raw) : null };
  }
}

/** How long the frame at the beginning of `bytes` is as a whole; null while that cannot be told. */
function frameLength(bytes: Buffer): number | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1) & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (bytes.length < 2 + extended) return null;
  const payload = extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return 2 + extended + (isMasked(bytes) ? 4 : 0) + payload;
}

function isMasked(frame: Buffer): boolean {
  return (frame.readUInt8(1) & 0x80) !== 0;
}

function textOf(frame: Buffer): string | null {
  if ((frame.readUInt8(0) & 0x0f) !== TEXT) return null;
  const short = frame.readUInt8(1) & 0x7f;
  const start = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  if (!isMasked(frame)) return frame.subarray(start).toString();
  const mask = frame.subarray(start, start + 4);
  return Buffer.from(frame.subarray(start + 4).map((byte, place) => byte ^ (mask[place % 4] ?? 0))).toString();
}
