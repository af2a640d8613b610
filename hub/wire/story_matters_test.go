package wire_test

import "rapport/hub/chat"

// Maria speaks of the first thing again, after all else.
var matters = []chat.Event{
	{Seq: 37, Type: chat.MatterTurned, At: agreed + 31*hour, By: chat.BySystem, MatterID: matterID, Matter: &besides},
}
