import { createServer, type AddressInfo, type Server } from "node:net";
import { expect } from "@playwright/test";

export interface Letter {
  to: string;
  header: string;
  text: string;
}

/** A real mail server that keeps what it gets. */
export class Mailbox {
  private readonly got: Letter[] = [];
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Mailbox> {
    const server = createServer();
    const box = new Mailbox(server);
    server.on("connection", (socket) => {
      let heard = "";
      let to = "";
      let inData = false;
      const say = (line: string) => void socket.write(`${line}\r\n`);
      socket.on("error", () => socket.destroy());
      socket.on("data", (bytes) => {
        heard += bytes.toString("latin1");
        for (let end; (end = heard.indexOf(inData ? "\r\n.\r\n" : "\r\n")) >= 0; ) {
          const line = heard.slice(0, end);
          heard = heard.slice(end + (inData ? 5 : 2));
          if (inData) box.got.push(read(to, line));
          else if (/^RCPT TO:/i.test(line)) to = line.slice(8).replace(/[<> ]/g, "");
          inData = !inData && /^DATA/i.test(line);
          say(inData ? "354 go on" : /^QUIT/i.test(line) ? "221 bye" : "250 taken");
        }
      });
      say("220 mail.shop.example");
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return box;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next letter that says this. */
  async next(words: string): Promise<Letter> {
    let found: Letter | undefined;
    await expect.poll(() => {
      const at = this.got.findIndex((l) => l.text.includes(words));
      if (at >= 0) found ??= this.got.splice(at, 1)[0];
      return found !== undefined;
    }, { message: `a letter that says "${words}"`, timeout: 75_000 }).toBe(true);
    return found!;
  }

  close(): void {
    this.server.close();
  }
}

/** The header and the text of a letter of two alternatives, the text first. */
function read(to: string, raw: string): Letter {
  const [header = "", ...parts] = raw.split("\r\n\r\n");
  const bytes = parts.slice(1).join("\r\n\r\n").replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const text = bytes.split(/\r\n--[^ ]/)[0]!; // and not at the line before a signature
  return { to, header: header.replace(/\r\n[ \t]+/g, " "), text: Buffer.from(text, "latin1").toString("utf8") };
}

/** The address that follows these words in a letter. */
export function link(letter: Letter, words: string): string {
  const found = letter.text.split(`${words}: `)[1]?.split("\r\n")[0];
  expect(found, `a link "${words}" in\n${letter.text}`).toMatch(/^http/);
  return found!;
}
