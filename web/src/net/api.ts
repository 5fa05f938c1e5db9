/** Where the server's interface is, and how a page proves that it may use it. */

import { toBase64Url } from "../core/base64";

export const EXECUTE = "/api/execute";
export const ENVIRONMENT = "/api/environment";
export const GENERATE = "/api/generate";
export const MODELS = "/api/models";
export const RECIPES = "/api/recipes";

/** Whether this is the address of a file that a run made, on this server. */
export function isArtifact(url: string): boolean {
  return /^\/api\/runs\/[^/?#\\]+\/artifacts\/[^?#\\]+$/.test(url) && new URL(url, location.href).pathname === url;
}

const PROTOCOL = "snakepen";
/** A browser lets a page give a WebSocket no header but this one. */
const TOKEN_PREFIX = "snakepen.token.";

/** With what no header can carry, and so no server has for its token, the server is asked as without: it refuses that. */
export function bearer(token: string | null): Record<string, string> {
  return token === null || !/^[!-~]+$/.test(token) ? {} : { Authorization: `Bearer ${token}` };
}

export function tokenProtocols(token: string | null): string[] {
  if (token === null) return [];
  return [PROTOCOL, TOKEN_PREFIX + toBase64Url(new TextEncoder().encode(token))];
}
