import assert from "node:assert/strict";
import { test } from "node:test";
import { privateMatter, touches } from "./matter";
import words from "../../i18n/public.json";

test("what belongs to one customer alone is told from what everybody may read", () => {
  const told = {
    billing: ["Your refund is on its way.", "Which credit card did you use?", "You were charged twice for your order.", "The invoice is wrong"],
    order: ["Where is my order?", "Could you tell me the order number?", "Order 4411 has left us.", "What is your delivery address?"],
    account: ["I have reset your account.", "Your password is in the mail.", "Write to maria@example.com", "Which phone number do we have?"],
  };
  for (const [matter, lines] of Object.entries(told)) for (const line of lines) assert.equal(privateMatter(line), matter, line);
  const open = ["In order to open it, turn it left.", "We take into account how old it is.", "The lift is out of order.", "Thank you for your kind words!", "Do you ship to Norway?", "We open at nine.", "It takes orders of magnitude longer."];
  for (const line of open) assert.equal(privateMatter(line), null, line);
});

test("a reply in public is warned of, until it asks to go on in private", () => {
  const heard = "My invoice is wrong.";
  assert.equal(touches("", heard), null);
  assert.equal(touches("I am sorry!", heard), "billing");
  assert.equal(touches("I am sorry!", "What lovely lamps."), null);
  assert.equal(touches(words.public_phrase, heard), null);
  assert.equal(touches(`${words.public_phrase} Your refund is 20 euros.`, heard), "billing");
});
