package wire_test

import "rapport/hub/chat"

// erased is the end of everything that Maria said.
var erased = []chat.Event{{Seq: 52, PublicSeq: 22, Type: chat.ConversationErased, At: agreed + 900_000, By: chat.BySystem}}
