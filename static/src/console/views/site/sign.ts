/** How the owner's own server signs who a customer is: with nothing but what each language brings along. */

export interface Sample {
  id: "node" | "php" | "python" | "ruby" | "go";
  title: string;
  code: string;
}

/** The samples for a site's key and the id of its secret; sign takes the customer's id, name and e-mail. */
export const samples = (key: string, kid: string): readonly Sample[] => [
  { id: "node", title: "Node", code: node(key, kid) },
  { id: "php", title: "PHP", code: php(key, kid) },
  { id: "python", title: "Python", code: python(key, kid) },
  { id: "ruby", title: "Ruby", code: ruby(key, kid) },
  { id: "go", title: "Go", code: go(key, kid) },
];

const node = (key: string, kid: string) => `import { createHmac } from "node:crypto";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

export function sign(id, name, email) {
  const now = Math.floor(Date.now() / 1000);
  const signed = part({ alg: "HS256", typ: "JWT", kid: "${kid}" }) + "." +
    part({ sub: String(id), name, email, aud: "${key}", iat: now, exp: now + 600 });
  const seal = createHmac("sha256", process.env.RAPPORT_SECRET).update(signed).digest("base64url");
  return signed + "." + seal;
}`;

const php = (key: string, kid: string) => `<?php
function part(string $bytes): string {
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function sign($id, string $name, string $email): string {
    $now = time();
    $signed = part(json_encode(['alg' => 'HS256', 'typ' => 'JWT', 'kid' => '${kid}'])) . '.' .
        part(json_encode(['sub' => (string) $id, 'name' => $name, 'email' => $email,
            'aud' => '${key}', 'iat' => $now, 'exp' => $now + 600]));
    return $signed . '.' . part(hash_hmac('sha256', $signed, getenv('RAPPORT_SECRET'), true));
}`;

const python = (key: string, kid: string) => `import base64, hashlib, hmac, json, os, time

def part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

def sign(id, name, email):
    now = int(time.time())
    head = {"alg": "HS256", "typ": "JWT", "kid": "${kid}"}
    body = {"sub": str(id), "name": name, "email": email,
            "aud": "${key}", "iat": now, "exp": now + 600}
    signed = part(json.dumps(head).encode()) + "." + part(json.dumps(body).encode())
    seal = hmac.new(os.environ["RAPPORT_SECRET"].encode(), signed.encode(), hashlib.sha256)
    return signed + "." + part(seal.digest())`;

const ruby = (key: string, kid: string) => `require "json"
require "openssl"

def part(bytes) = [bytes].pack("m0").tr("+/", "-_").delete("=")

def sign(id, name, email)
  now = Time.now.to_i
  signed = part({ alg: "HS256", typ: "JWT", kid: "${kid}" }.to_json) + "." +
    part({ sub: id.to_s, name: name, email: email, aud: "${key}", iat: now, exp: now + 600 }.to_json)
  signed + "." + part(OpenSSL::HMAC.digest("SHA256", ENV.fetch("RAPPORT_SECRET"), signed))
end`;

const go = (key: string, kid: string) => `package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"time"
)

func Sign(id, name, email string) (string, error) {
	now := time.Now().Unix()
	head, err := json.Marshal(map[string]any{"alg": "HS256", "typ": "JWT", "kid": "${kid}"})
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(map[string]any{"sub": id, "name": name, "email": email,
		"aud": "${key}", "iat": now, "exp": now + 600})
	if err != nil {
		return "", err
	}
	part := base64.RawURLEncoding.EncodeToString
	signed := part(head) + "." + part(body)
	seal := hmac.New(sha256.New, []byte(os.Getenv("RAPPORT_SECRET")))
	seal.Write([]byte(signed))
	return signed + "." + part(seal.Sum(nil)), nil
}`;
