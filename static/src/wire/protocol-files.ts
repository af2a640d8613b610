/** Protocol v1: what is sent along with messages. See protocol.ts. */

/** A file of a message or a template. Where to fetch it is asked for apart: a link is each reader's own. */
export interface SentFile {
  id: string;
  /** One line; may run from right to left. */
  name: string;
  /** A media type of a closed list, else application/octet-stream. */
  type: string;
  /** Bytes. */
  size: number;
  /** Of an image that may be shown, in pixels; absent for everything else. */
  width?: number;
  height?: number;
}

/** Works for 15 to 30 minutes. */
export interface FileLink {
  id: string;
  url: string;
  expires_at: number;
}

